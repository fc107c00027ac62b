package org.offerstorm.lake.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.actions.RewriteDataFiles;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.spark.actions.SparkActions;

/**
 * Keeps files few and large, and drops what no reader needs. Never during a run: its caller has the lock. The offsets that the
 * tables hold are written to each snapshot that this makes, so expiry of older ones loses nothing.
 */
public final class Maintenance {
    private static final Duration SNAPSHOTS = Duration.ofDays(1);
    private static final int FEWEST_SNAPSHOTS = 5;
    private static final Duration ORPHANS = Duration.ofDays(3);
    private static final long SMALL_BYTES = 24L << 20;
    /** So many small files of one partition become one. */
    private static final int FEW_FILES = 4;

    private static final int MANY_FILES_OF_DELETES = 40;
    /** Of the rows in the files of the open rows, those that were taken out. */
    private static final double MOST_TAKEN_OUT = 0.2;

    private static final Map<String, String> DELETES = Map.of("min-input-files", Integer.toString(FEW_FILES));

    private final LakeSession session;
    private final LakeTables tables;
    private final long smallBytes;

    public Maintenance(LakeSession session, LakeTables tables) {
        this(session, tables, SMALL_BYTES);
    }

    /** @param smallBytes smaller data files are joined */
    Maintenance(LakeSession session, LakeTables tables, long smallBytes) {
        this.session = session;
        this.tables = tables;
        this.smallBytes = smallBytes;
    }

    /**
     * What was done.
     *
     * @param rewritten data files that became part of larger ones
     * @param added files that they became
     * @param deletes files of deletes that are gone
     */
    public record Result(long rewritten, long added, long deletes) {}

    /** Whether so many small files or rows that were taken out have come together that readers and runs feel it. */
    public boolean isDue() {
        Table history = tables.history().iceberg();
        history.refresh();
        return hasManyTakenOut(history)
                || number(history.currentSnapshot().summary(), SnapshotSummary.TOTAL_DELETE_FILES_PROP)
                        > MANY_FILES_OF_DELETES
                || smallFiles(history).values().stream().anyMatch(files -> files >= FEW_FILES);
    }

    /**
     * Joins small files of the history. If many rows of the open ones were taken out, it writes all open rows again, because
     * every run reads past the others.
     */
    public Result compact() {
        String offsets = tables.history().offsets().encode();
        Table history = tables.history().iceberg();
        Snapshot before = history.currentSnapshot();
        Map<String, String> options = new HashMap<>(Map.of(
                "min-file-size-bytes", Long.toString(smallBytes),
                "min-input-files", Integer.toString(FEW_FILES),
                "max-concurrent-file-group-rewrites", "1"));
        Map<String, String> ofDeletes = new HashMap<>(DELETES);
        if (hasManyTakenOut(history)) {
            options.put("delete-file-threshold", "1");
            ofDeletes.put("rewrite-all", "true"); // and what refers to files that are gone is left out
        }
        RewriteDataFiles.Result files = SparkActions.get(session.spark())
                .rewriteDataFiles(history)
                .options(options)
                .snapshotProperty(Tables.OFFSETS_PROPERTY, offsets)
                .execute();
        history.refresh();
        SparkActions.get(session.spark())
                .rewritePositionDeletes(history)
                .options(ofDeletes)
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

    private static boolean hasManyTakenOut(Table history) {
        long takenOut = number(history.currentSnapshot().summary(), SnapshotSummary.TOTAL_POS_DELETES_PROP);
        long[] rows = {0};
        each(history.newScan().filter(Expressions.isNull("valid_to")), file -> rows[0] += file.recordCount());
        return takenOut > MOST_TAKEN_OUT * rows[0];
    }

    /** By partition. */
    private Map<String, Integer> smallFiles(Table history) {
        Map<String, Integer> files = new HashMap<>();
        each(history.newScan(), file -> {
            if (file.fileSizeInBytes() < smallBytes) {
                files.merge(history.spec().partitionToPath(file.partition()), 1, Integer::sum);
            }
        });
        return files;
    }

    private static void each(TableScan scan, Consumer<DataFile> action) {
        try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
            tasks.forEach(task -> action.accept(task.file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(Map<String, String> summary, String property) {
        return Long.parseLong(summary.getOrDefault(property, "0"));
    }
}
