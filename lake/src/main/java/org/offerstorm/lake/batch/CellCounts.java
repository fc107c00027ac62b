package org.offerstorm.lake.batch;

import java.util.HashSet;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Live offers by cell. After one run they are the former ones moved by what it appended: rows that are open gain one, rows of
 * former runs, which it ended, lose one. After anything else, such as maintenance, all open rows are counted again, so that
 * nothing drifts.
 */
final class CellCounts {
    static final String VIEW = "lake_cells";
    private static final String APPENDED = "lake_appended";

    private final SparkSession spark;
    private final LakeTable history;
    private final LakeTable counts;

    CellCounts(SparkSession spark, LakeTables tables) {
        this.spark = spark;
        this.history = tables.history();
        this.counts = tables.counts();
    }

    /**
     * The cells of the published history.
     *
     * @param before the published snapshot of the counts
     * @param pinned SQL name of the history's snapshot
     */
    Dataset<Row> of(Snapshot before, String pinned) {
        OffsetVector counted = counts.offsets();
        Snapshot start = startOfLastRun(counted);
        if (start == null) {
            return spark.sql("SELECT category, continent, count(*) AS offers FROM " + pinned
                    + " WHERE valid_to IS NULL AND op = 'U' GROUP BY category, continent");
        }
        spark.read()
                .option("start-snapshot-id", start.snapshotId())
                .option("end-snapshot-id", history.iceberg().currentSnapshot().snapshotId())
                .table(Tables.qualified(Tables.HISTORY))
                .createOrReplaceTempView(APPENDED);
        return spark.sql(
                "SELECT category, continent, sum(offers) AS offers FROM (SELECT category, continent, offers FROM "
                        + Tables.qualified(Tables.COUNTS) + " VERSION AS OF " + before.snapshotId()
                        + " UNION ALL SELECT category, continent, CASE WHEN valid_to IS NULL THEN 1 WHEN "
                        + includes(counted)
                        + " THEN -1 ELSE 0 END FROM " + APPENDED
                        + " WHERE op = 'U') GROUP BY category, continent HAVING sum(offers) <> 0");
    }

    /**
     * The snapshot that was counted, if since then nothing but one run was published.
     *
     * @return null if it is not so
     */
    private Snapshot startOfLastRun(OffsetVector counted) {
        Table table = history.iceberg();
        table.refresh();
        Set<String> runs = new HashSet<>();
        Snapshot snapshot = table.currentSnapshot();
        while (snapshot != null && !counted.encode().equals(snapshot.summary().get(Tables.OFFSETS_PROPERTY))) {
            String run = snapshot.summary().get(Tables.RUN_PROPERTY);
            if (run == null || (runs.add(run) && runs.size() > 1)) {
                return null;
            }
            snapshot = snapshot.parentId() == null ? null : table.snapshot(snapshot.parentId());
        }
        boolean isMerge = snapshot != null && BranchAudit.rows(snapshot) > 0;
        return isMerge ? snapshot : null;
    }

    /** SQL's condition for rows that the offsets include. */
    private static String includes(OffsetVector offsets) {
        StringBuilder condition = new StringBuilder("(epoch < ").append(offsets.epoch());
        offsets.next().forEach((partition, next) -> condition
                .append(" OR (epoch = ")
                .append(offsets.epoch())
                .append(" AND partition = ")
                .append((int) partition)
                .append(" AND offset < ")
                .append((long) next)
                .append(')'));
        return condition.append(')').toString();
    }
}
