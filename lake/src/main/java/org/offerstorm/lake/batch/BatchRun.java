package org.offerstorm.lake.batch;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.Snapshot;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.offerstorm.lake.batch.RunProgress.Step;

/**
 * One batch: everything that is durable and not yet in the tables. May be killed at any point, and may run twice at once: what
 * was not published is not seen, and of two that publish one fails.
 */
public final class BatchRun {
    /** How branches of runs are called; the rest of the name is unique. */
    private static final String BRANCH_PREFIX = "run_";

    private static final String SNAPSHOT_PROPERTY = "spark.sql.iceberg.snapshot-property.";

    private final LakeSession session;
    private final SparkSession spark;
    private final Staging staging;
    private final String group;
    private final RunProgress progress;
    private final String branch;

    /** @param group the stream's consumer group; a lake holds one */
    public BatchRun(LakeSession session, Staging staging, String group, RunProgress progress) {
        this.session = session;
        this.spark = session.spark();
        this.staging = staging;
        this.group = group;
        this.progress = progress;
        this.branch =
                BRANCH_PREFIX + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }

    /**
     * Runs it.
     *
     * @throws IOException if the log cannot be read
     * @throws AuditFailed if the merge went wrong; nothing of the table was published
     * @throws Overtaken if another run published first
     * @throws WrongTable if the tables are not this stream's, or not of this version
     */
    public Result run() throws IOException, AuditFailed, Overtaken, WrongTable {
        progress.begins(Step.TABLES);
        LakeTables tables = LakeTables.openOrCreate(session, group);
        progress.begins(Step.CUT);
        OffsetVector from = tables.history().offsets();
        requireWhole(tables.history(), from);
        OffsetVector to = staging.cut().union(from);
        progress.begins(Step.CLEAN);
        tables.history().dropBranches(BRANCH_PREFIX);
        tables.counts().dropBranches(BRANCH_PREFIX);
        long added = 0;
        if (!from.covers(to)) {
            added = runHistory(tables.history(), from, to);
            staging.published(to);
        }
        boolean counted = !tables.counts().offsets().covers(to);
        if (counted) {
            runCounts(tables);
        }
        progress.begins(Step.DONE);
        return new Result(from, to, added);
    }

    /**
     * What a run did.
     *
     * @param from what the history held before
     * @param to what the tables hold now
     * @param rows versions that are new
     */
    public record Result(OffsetVector from, OffsetVector to, long rows) {}

    /** A new table, or one that was set back, cannot get the rows again that another one alone has. */
    private void requireWhole(LakeTable history, OffsetVector from) throws IOException, WrongTable {
        OffsetVector deleted = staging.deleted().below();
        if (!from.covers(deleted)) {
            throw new WrongTable(history.iceberg().location() + " holds what is below " + from
                    + ", and staged files of rows below " + deleted
                    + " were deleted, because a lake held them: name that"
                    + " one as lake.directory, or restore it. Nothing was published");
        }
    }

    private long runHistory(LakeTable history, OffsetVector from, OffsetVector to)
            throws IOException, AuditFailed, Overtaken {
        progress.begins(Step.BRANCH);
        history.branch(branch);
        Snapshot before = history.head(branch);
        boolean isEmpty = BranchAudit.rows(before) == 0;
        String onBranch = Tables.qualified(Tables.HISTORY) + ".branch_" + branch;
        progress.begins(Step.MERGE);
        Dataset<Row> rows = staging.rows(from, to);
        BranchAudit audit = new BranchAudit(spark);
        long added;
        mark(to);
        try (HistoryMerge merge = new HistoryMerge(spark, progress)) {
            HistoryMerge.Expected expected = null;
            if (isEmpty) {
                merge.load(rows, onBranch);
            } else {
                expected = merge.merge(rows, history.iceberg(), before, branch, marks(to));
            }
            progress.begins(Step.AUDIT);
            Snapshot after = history.head(branch);
            if (isEmpty) {
                audit.load(onBranch);
            } else {
                audit.merge(expected, before, after, onBranch);
            }
            added = BranchAudit.rows(after) - BranchAudit.rows(before);
        } finally {
            unmark();
        }
        audit.end(history.name());
        progress.begins(Step.PUBLISH);
        history.publish(branch, before);
        return added;
    }

    private void runCounts(LakeTables tables) throws AuditFailed, Overtaken {
        progress.begins(Step.COUNTS_BRANCH);
        LakeTable counts = tables.counts();
        OffsetVector offsets = tables.history().offsets();
        long snapshot = tables.history().iceberg().currentSnapshot().snapshotId();
        counts.branch(branch);
        Snapshot before = counts.head(branch);
        String onBranch = Tables.qualified(Tables.COUNTS) + ".branch_" + branch;
        String history = Tables.qualified(Tables.HISTORY) + " VERSION AS OF " + snapshot;
        progress.begins(Step.COUNTS);
        Dataset<Row> cells = new CellCounts(spark, tables).of(before, history);
        mark(offsets);
        try {
            cells.createOrReplaceTempView(CellCounts.VIEW);
            spark.sql("INSERT OVERWRITE " + onBranch + " SELECT category, continent, offers FROM " + CellCounts.VIEW);
        } finally {
            unmark();
            spark.catalog().dropTempView(CellCounts.VIEW);
        }
        progress.begins(Step.COUNTS_AUDIT);
        BranchAudit audit = new BranchAudit(spark);
        Row row = spark.sql("SELECT (SELECT count(*) FROM " + history + " WHERE is_current), coalesce(sum(offers), 0),"
                        + " count_if(offers <= 0) FROM " + onBranch)
                .head();
        audit.expect("sum of the counts", row.getLong(0), row.getLong(1));
        audit.expect("cells of no offer", 0, row.getLong(2));
        audit.end(counts.name());
        progress.begins(Step.COUNTS_PUBLISH);
        counts.publish(branch, before);
    }

    /** What a snapshot of this run says: what it holds, and who wrote it. */
    private Map<String, String> marks(OffsetVector offsets) {
        return Map.of(Tables.OFFSETS_PROPERTY, offsets.encode(), Tables.RUN_PROPERTY, branch);
    }

    /** What this session writes from now on says so. */
    private void mark(OffsetVector offsets) {
        marks(offsets).forEach((name, value) -> spark.conf().set(SNAPSHOT_PROPERTY + name, value));
    }

    private void unmark() {
        marks(OffsetVector.NOTHING).keySet().forEach(name -> spark.conf().unset(SNAPSHOT_PROPERTY + name));
    }
}
