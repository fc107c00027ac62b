package org.offerstorm.lake.batch;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Brings new rows into the history: gives an end to the version of each id that was the newest, and appends the new ones.
 * One batch.
 *
 * <p>Versions of an id only grow, and a batch begins where the last one ended, so each id has at most one row to end. Of
 * the table only the open rows are read: their ids, and whole only those that end.
 */
final class HistoryMerge implements AutoCloseable {
    /** Names of views in the session. */
    private static final String FRESH = "lake_fresh";

    private static final String OPEN = "lake_open";
    static final String LAST = "lake_last";

    /** Changed rows whose ids every task gets; beyond that Spark sorts both sides. */
    private static final long MOST_BROADCAST = 2_000_000;

    /** What is there already is left out: a run may see rows of an earlier one, never older ones that it has not. */
    private static final String NEWER =
            " LEFT JOIN " + OPEN + " o ON f.id = o.id WHERE o.version IS NULL OR f.version > o.version";

    private static final String ADDED = OfferColumns.names() + ", version, valid_from, valid_to, is_current";

    private final SparkSession spark;
    private final RunProgress progress;
    private final List<Dataset<Row>> kept = new ArrayList<>();

    HistoryMerge(SparkSession spark, RunProgress progress) {
        this.spark = spark;
        this.progress = progress;
    }

    /**
     * Into an empty table, where nothing ends.
     *
     * @param rows the staged rows
     * @param branch SQL name of the branch to write to
     */
    void load(Dataset<Row> rows, String branch) {
        withVersion(rows).createOrReplaceTempView(FRESH);
        append(chained("", "NULL"), branch);
    }

    /**
     * Into a table that has rows.
     *
     * @param base SQL name of what is published
     * @param branch SQL name of the branch to write to, which begins there
     * @return what the branch must show
     */
    Expected merge(Dataset<Row> rows, String base, String branch) {
        long read = keep(withVersion(rows), FRESH).count();
        String hint = read <= MOST_BROADCAST ? "/*+ BROADCAST(k) */ " : "";
        long known = keep(
                        spark.sql("SELECT " + hint + "h.id, h.version, h.valid_from FROM " + base + " h JOIN (SELECT"
                                + " DISTINCT id FROM " + FRESH + ") k ON h.id = k.id WHERE h.valid_to IS NULL"),
                        OPEN)
                .count();
        keep(
                spark.sql("SELECT f.id, max(f.version) AS version, count(DISTINCT f.version) AS versions,"
                        + " greatest(min_by(f.timestamp, f.version), max(o.valid_from)) AS ends_at,"
                        + " count(o.version) > 0 AS closes FROM " + FRESH + " f" + NEWER + " GROUP BY f.id"),
                LAST);
        Row sums = spark.sql("SELECT coalesce(sum(versions), 0), count(*), count_if(closes) FROM " + LAST)
                .head();
        Expected expected = new Expected(sums.getLong(0), sums.getLong(1), sums.getLong(2));
        if (known > 0 && expected.closed() > 0) {
            spark.sql("MERGE INTO " + branch + " h USING (SELECT " + hint + "id, ends_at FROM " + LAST
                    + " k WHERE closes) s ON h.id = s.id AND h.valid_to IS NULL WHEN MATCHED THEN UPDATE SET valid_to"
                    + " = s.ends_at, is_current = false");
        }
        progress.begins(RunProgress.Step.APPEND);
        append(chained(NEWER, "o.valid_from"), branch);
        return expected;
    }

    @Override
    public void close() {
        kept.forEach(Dataset::unpersist);
        for (String view : List.of(FRESH, OPEN, LAST)) {
            spark.catalog().dropTempView(view);
        }
    }

    /**
     * What the branch must show afterwards.
     *
     * @param added new rows
     * @param ids changed ids
     * @param closed rows that got an end
     */
    record Expected(long added, long ids, long closed) {}

    private static Dataset<Row> withVersion(Dataset<Row> rows) {
        return rows.selectExpr("*", "shiftleft(CAST(epoch AS BIGINT), 48) | offset AS version");
    }

    /**
     * The new rows with the time in which they are valid. A version is valid from its own timestamp on, or from its
     * predecessor's start if that is later: clocks of brokers and producers step back, the order of versions does not.
     *
     * @param join how a row {@code f} finds the open row of its id
     * @param before when that one begins
     */
    private static String chained(String join, String before) {
        String columns = OfferColumns.names();
        String window = " OVER (PARTITION BY id ORDER BY version";
        return "SELECT " + columns + ", version, valid_from, lead(valid_from)" + window + ") AS valid_to,"
                + " (op = 'U' AND lead(version)" + window + ") IS NULL) AS is_current FROM (SELECT *,"
                + " greatest(max(timestamp)" + window + " ROWS UNBOUNDED PRECEDING), began) AS valid_from FROM (SELECT"
                + " *, lag(version)" + window + ") AS previous FROM (SELECT f.*, CAST(" + before
                + " AS TIMESTAMP) AS began FROM " + FRESH + " f" + join
                + ")) WHERE previous IS NULL OR previous < version)";
    }

    private void append(String rows, String branch) {
        spark.sql("INSERT INTO " + branch + " (" + ADDED + ") SELECT " + ADDED + " FROM (" + rows + ")");
    }

    private Dataset<Row> keep(Dataset<Row> rows, String view) {
        Dataset<Row> persisted = rows.persist(StorageLevel.MEMORY_AND_DISK());
        persisted.createOrReplaceTempView(view);
        kept.add(persisted);
        return persisted;
    }
}
