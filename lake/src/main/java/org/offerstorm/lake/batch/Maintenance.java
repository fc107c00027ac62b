package org.offerstorm.lake.batch;

import java.time.Duration;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.RewriteDataFiles;
import org.apache.iceberg.spark.actions.SparkActions;

/**
 * Keeps files few and large, and drops what no reader needs. Never during a run: its caller has the lock. The offsets that the
 * tables hold are written to each snapshot that this makes, so expiry of older ones loses nothing.
 */
public final class Maintenance {
    private static final Duration SNAPSHOTS = Duration.ofDays(1);
    private static final int FEWEST_SNAPSHOTS = 5;
    private static final Duration ORPHANS = Duration.ofDays(3);
    private static final long SMALL_BYTES = 16L << 20;
    private static final int MANY_FILES = 40;

    private static final Map<String, String> DATA = Map.of(
            "min-file-size-bytes", Long.toString(SMALL_BYTES),
            "min-input-files", "4",
            "delete-ratio-threshold", "0.2",
            "max-concurrent-file-group-rewrites", "1");

    private static final Map<String, String> DELETES = Map.of("min-input-files", "4");

    private final LakeSession session;
    private final LakeTables tables;

    public Maintenance(LakeSession session, LakeTables tables) {
        this.session = session;
        this.tables = tables;
    }

    /**
     * What was done.
     *
     * @param rewritten data files that became part of larger ones
     * @param added files that they became
     * @param deletes files of deletes that are gone
     */
    public record Result(long rewritten, long added, long deletes) {}

    /** Whether so many small files have come together that readers and runs feel it. */
    public boolean isDue() {
        Table history = tables.history().iceberg();
        history.refresh();
        Map<String, String> summary = history.currentSnapshot().summary();
        long files = number(summary, SnapshotSummary.TOTAL_DATA_FILES_PROP);
        return number(summary, SnapshotSummary.TOTAL_DELETE_FILES_PROP) > MANY_FILES
                || (files > MANY_FILES && number(summary, SnapshotSummary.TOTAL_FILE_SIZE_PROP) / files < SMALL_BYTES);
    }

    /** Joins small files of the history, and those with many deleted rows. */
    public Result compact() {
        String offsets = tables.history().offsets().encode();
        Table history = tables.history().iceberg();
        Snapshot before = history.currentSnapshot();
        RewriteDataFiles.Result files = SparkActions.get(session.spark())
                .rewriteDataFiles(history)
                .options(DATA)
                .snapshotProperty(Tables.OFFSETS_PROPERTY, offsets)
                .execute();
        history.refresh();
        SparkActions.get(session.spark())
                .rewritePositionDeletes(history)
                .options(DELETES)
                .snapshotProperty(Tables.OFFSETS_PROPERTY, offsets)
                .execute();
        history.refresh();
        return new Result(
                files.rewrittenDataFilesCount(),
                files.addedDataFilesCount(),
                number(before.summary(), SnapshotSummary.TOTAL_DELETE_FILES_PROP)
                        - number(history.currentSnapshot().summary(), SnapshotSummary.TOTAL_DELETE_FILES_PROP));
    }

    /**
     * Drops snapshots older than a day, and files that belong to no snapshot and are older than three days.
     *
     * @param now milliseconds since 1970
     */
    public void expire(long now) {
        for (LakeTable each : new LakeTable[] {tables.history(), tables.counts()}) {
            Table table = each.iceberg();
            table.refresh();
            SparkActions.get(session.spark())
                    .expireSnapshots(table)
                    .expireOlderThan(now - SNAPSHOTS.toMillis())
                    .retainLast(FEWEST_SNAPSHOTS)
                    .execute();
            SparkActions.get(session.spark())
                    .deleteOrphanFiles(table)
                    .olderThan(now - ORPHANS.toMillis())
                    .execute();
        }
    }

    private static long number(Map<String, String> summary, String property) {
        return Long.parseLong(summary.getOrDefault(property, "0"));
    }
}
