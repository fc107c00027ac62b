package org.offerstorm.tools.verify;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.hdfs.HdfsConfig;
import org.offerstorm.sinks.hdfs.HdfsOffers;
import org.offerstorm.sinks.hdfs.MergedRows;
import org.offerstorm.sinks.hdfs.OfferRow;

/** HDFS: every accepted record once, whole, in the directory of its date. */
final class HdfsComparison {
    private static final Store STORE = Store.of(Hdfs.KIND);
    private static final int SEEN = 1;
    private static final LocalDate LAST_DATE = LocalDate.of(9999, 12, 31);

    private final HdfsConfig config;
    private final Scope scope;
    private final Fold fold;
    private final Anomalies anomalies;
    private final Examples examples;
    private long outside;
    private long inLake;

    HdfsComparison(HdfsConfig config, Scope scope) {
        this.config = config;
        this.scope = scope;
        this.fold = scope.fold();
        this.anomalies = scope.anomalies();
        this.examples = scope.examples();
    }

    /**
     * Compares all of it.
     *
     * @return number of rows that came before this log, which cannot be judged
     * @throws IOException if HDFS cannot be read
     */
    long run() throws IOException {
        scope.progress().begin("hdfs", fold.records() - fold.rejected());
        Optional<MergedRows> merged;
        try (HdfsOffers rows = new HdfsOffers(config, scope.options().patience())) {
            rows.forEachPlaced((row, directory) -> {
                scope.progress().step();
                check(row, directory);
            });
            merged = MergedRows.read(config) // after the files: it is written before they are deleted
                    .filter(rowsOf -> rowsOf.topicId().equals(scope.source().topicId()));
        } catch (IOException e) {
            String said = String.valueOf(e.getMessage())
                    .split("; For more details", 2)[0]
                    .replaceAll("\\s+", " ");
            throw new IOException(
                    "hdfs at " + config.uri() + config.directory() + " cannot be read: " + said
                            + "; start it, or correct hdfs.uri and hdfs.directory",
                    e);
        }
        fold.logs().forEach((partition, log) -> {
            for (long offset = log.begin(); offset < log.end(); offset++) {
                char outcome = log.outcome(offset);
                if (RecordLog.isAccepted(outcome) && !log.isMarked(offset, SEEN)) {
                    if (isMerged(merged, partition, offset)) {
                        inLake++;
                    } else {
                        report(Kind.LOST, partition, offset, "nothing", fold.cellOf(outcome));
                    }
                }
            }
        });
        if (inLake > 0) {
            scope.notes()
                    .add(String.format(
                            Locale.ROOT,
                            "hdfs rows whose files 'lake maintain' deleted, which 'lake verify' compares: %,d",
                            inLake));
        }
        return outside;
    }

    private boolean isMerged(Optional<MergedRows> merged, int partition, long offset) {
        return merged.filter(rows -> rows.epoch() == fold.epoch() && rows.covers(fold.epoch(), partition, offset))
                .isPresent();
    }

    private void check(OfferRow row, String directory) {
        RecordLog log = fold.logs().get(row.partition());
        if (row.epoch() < fold.epoch() || (row.epoch() == fold.epoch() && log != null && row.offset() < log.begin())) {
            outside++;
            return;
        }
        int partition = row.partition();
        long offset = row.offset();
        char outcome = row.epoch() > fold.epoch() || log == null ? RecordLog.ABSENT : log.outcome(offset);
        if (!RecordLog.isAccepted(outcome)) {
            String must = RecordLog.isRejected(outcome) ? "a dead letter" : "nothing";
            String is = "a row of epoch " + row.epoch() + in(directory);
            anomalies.add(
                    STORE,
                    Kind.PHANTOM,
                    partition,
                    offset,
                    () -> new Anomaly.Example(examples.where(partition, offset), row.id(), is, must));
            return;
        }
        if (!log.mark(offset, SEEN)) {
            report(Kind.DUPLICATE, partition, offset, "another row" + in(directory), "one row");
            return;
        }
        String dated = directory(log.time(offset));
        if (directory != null && !directory.equals(dated)) {
            report(Kind.MISPLACED, partition, offset, directory, dated);
        }
        String cell =
                row.deleted() ? fold.cellOf(RecordLog.DELETION) : row.cell().key();
        if (row.deleted() != (outcome == RecordLog.DELETION)) {
            report(Kind.DIFFERENT, partition, offset, cell, fold.cellOf(outcome));
        } else if (!cell.equals(fold.cellOf(outcome))) {
            report(Kind.MISPLACED, partition, offset, cell, fold.cellOf(outcome));
        }
        checkFields(row, log);
    }

    private void checkFields(OfferRow row, RecordLog log) {
        int partition = row.partition();
        long offset = row.offset();
        if (row.timestampMillis() != log.time(offset)) {
            report(
                    Kind.DIFFERENT,
                    partition,
                    offset,
                    "timestamp " + row.timestampMillis(),
                    Long.toString(log.time(offset)));
        }
        PlainOffer stored = PlainOffer.of(row);
        if (row.deleted() == (log.outcome(offset) == RecordLog.DELETION)
                && Hash64.of(row.id(), stored) != log.hash(offset)) {
            anomalies.add(
                    STORE,
                    Kind.DIFFERENT,
                    partition,
                    offset,
                    () -> examples.difference(partition, offset, row.id(), stored));
        }
    }

    private void report(Kind kind, int partition, long offset, String is, String must) {
        anomalies.add(STORE, kind, partition, offset, () -> examples.at(partition, offset, is, must));
    }

    private static String in(String directory) {
        return directory == null ? " in an open file" : " in " + directory;
    }

    /** Dates before 1970 and after 9999 go to the nearest that tools can read. */
    private static String directory(long millis) {
        LocalDate date =
                Instant.ofEpochMilli(Math.max(0, millis)).atZone(ZoneOffset.UTC).toLocalDate();
        return "dt=" + (date.isAfter(LAST_DATE) ? LAST_DATE : date);
    }
}
