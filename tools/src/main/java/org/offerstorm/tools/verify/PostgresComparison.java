package org.offerstorm.tools.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.offerstorm.core.model.Cell;
import org.offerstorm.sinks.postgres.OfferVersion;
import org.offerstorm.sinks.postgres.Postgres;
import org.offerstorm.sinks.postgres.PostgresConfig;
import org.offerstorm.sinks.postgres.PostgresCounts;
import org.offerstorm.sinks.postgres.PostgresCoverage;
import org.offerstorm.sinks.postgres.PostgresTables;
import org.offerstorm.sinks.postgres.StoredOffer;

/**
 * PostgreSQL: every live offer and every deletion with all its fields, every version and the time in which it was valid, the
 * counts as they are stored and as the server counts them now, and how far each partition is written.
 */
final class PostgresComparison {
    private static final Store STORE = Store.of(Postgres.KIND);
    /** Of offers. */
    private static final int SEEN = 4;
    /** Of records. */
    private static final int VERSION_SEEN = 8;

    private static final String DELETED = "deleted";

    private final PostgresConfig config;
    private final Scope scope;
    private final Fold fold;
    private final Anomalies anomalies;
    private final Examples examples;
    private final Map<String, Long> rows = new HashMap<>();
    /** Of one id, the oldest first. */
    private final List<OfferVersion> versions = new ArrayList<>();

    private long outside;

    PostgresComparison(PostgresConfig config, Scope scope) {
        this.config = config;
        this.scope = scope;
        this.fold = scope.fold();
        this.anomalies = scope.anomalies();
        this.examples = scope.examples();
    }

    /**
     * Compares all of it.
     *
     * @return number of offers and versions that came before this log, which cannot be judged
     * @throws IOException if the database cannot be read, or holds another topic
     */
    long run() throws IOException {
        scope.progress().begin("postgres", fold.offers().size() + fold.records() - fold.rejected());
        coverage();
        try (PostgresTables tables = new PostgresTables(config)) {
            tables.parked()
                    .forEach((partition, ranges) -> anomalies.add(
                            STORE,
                            Kind.UNCOVERED,
                            examples.partition(partition),
                            "offsets " + ranges + " wait for those before them",
                            "none wait"));
            tables.offers(row -> {
                rows.merge(row.offer().cell().key(), 1L, Long::sum);
                offer(row, "offers");
            });
            tables.tombstones(row -> offer(row, "offer_tombstones"));
            tables.versions(this::version);
            versionsOfOne();
        }
        missing();
        counts();
        return outside;
    }

    private void coverage() throws IOException {
        Map<Integer, Long> covered;
        try (PostgresCoverage reader = new PostgresCoverage(config)) {
            covered = reader.coverage(scope.source());
        }
        scope.compareCoverage(STORE, covered);
    }

    /** A row of the newest versions: live in one table, deleted in the other. */
    private void offer(OfferVersion row, String table) {
        scope.progress().step();
        String cell = row.isDeleted() ? DELETED : row.offer().cell().key();
        String is = examples.describe(row.version(), cell) + " in " + table;
        int slot = fold.find(row.id());
        if (slot == OfferTable.NONE) {
            if (fold.isBeforeTheLog(row.version())) {
                outside++;
            } else {
                anomalies.add(STORE, Kind.PHANTOM, -1, 0, () -> new Anomaly.Example("", row.id(), is, "nothing"));
            }
            return;
        }
        if (!fold.offers().mark(slot, SEEN)) {
            report(Kind.DUPLICATE, slot, "another row, " + is);
            return;
        }
        if (isExempt(slot)) {
            return;
        }
        Kind kind = Judgement.of(fold, slot, row.version(), !row.isDeleted(), cell);
        if (kind != null) {
            report(kind, slot, is);
            return;
        }
        int partition = fold.offers().partition(slot);
        if (row.partition() != partition) {
            report(Kind.DIFFERENT, slot, "partition " + row.partition() + in(table), "" + partition);
        }
        String time = row.isDeleted() ? "deleted_at" : "updated_at";
        long must = OfferVersion.validFrom(fold.time(slot));
        if (row.validFrom() != must) {
            report(Kind.DIFFERENT, slot, time + " " + time(row.validFrom()) + in(table), time(must));
        }
        PlainOffer stored = plain(row.offer());
        if (Hash64.of(row.id(), stored) != fold.hash(slot)) {
            anomalies.add(
                    STORE,
                    Kind.DIFFERENT,
                    partition,
                    fold.offset(slot),
                    () -> in(table, examples.difference(slot, row.id(), stored)));
        }
    }

    /** What a version has of its record but the cell: time and all fields. */
    private void checkRecord(OfferVersion row, RecordLog log) {
        String table = "offer_versions";
        int partition = row.partition();
        long offset = row.offset();
        long must = OfferVersion.validFrom(log.time(offset));
        if (row.validFrom() != must) {
            report(Kind.DIFFERENT, partition, offset, "valid_from " + time(row.validFrom()) + in(table), time(must));
        }
        PlainOffer stored = plain(row.offer());
        if (Hash64.of(row.id(), stored) != log.hash(offset)) {
            anomalies.add(
                    STORE,
                    Kind.DIFFERENT,
                    partition,
                    offset,
                    () -> in(table, examples.difference(partition, offset, row.id(), stored)));
        }
    }

    /** A row of all versions; those of one id come together. */
    private void version(OfferVersion row) {
        scope.progress().step();
        if (!versions.isEmpty() && !versions.get(0).id().equals(row.id())) {
            versionsOfOne();
        }
        versions.add(row);
    }

    /** Each is valid until the earliest time of those that are newer; rows that no record made do not count. */
    private void versionsOfOne() {
        Long until = null;
        for (int i = versions.size() - 1; i >= 0; i--) {
            OfferVersion row = versions.get(i);
            if (!check(row)) {
                continue;
            }
            boolean newest = until == null;
            if (!Objects.equals(row.validTo(), until)) {
                report(
                        Kind.DIFFERENT,
                        row.partition(),
                        row.offset(),
                        "valid_to " + time(row.validTo()) + in("offer_versions"),
                        time(until));
            }
            if (row.isCurrent() != newest) {
                report(
                        Kind.DIFFERENT,
                        row.partition(),
                        row.offset(),
                        "is_current " + row.isCurrent() + in("offer_versions"),
                        String.valueOf(newest));
            }
            long from = OfferVersion.validFrom(fold.logs().get(row.partition()).time(row.offset()));
            until = newest ? (Long) from : (Long) Math.min(until, from);
        }
        versions.clear();
    }

    /** Whether a record made the version. */
    private boolean check(OfferVersion row) {
        RecordLog log = fold.logs().get(row.partition());
        if (row.epoch() < fold.epoch() || (row.epoch() == fold.epoch() && log != null && row.offset() < log.begin())) {
            outside++;
            return false;
        }
        int partition = row.partition();
        long offset = row.offset();
        char outcome = row.epoch() > fold.epoch() || log == null ? RecordLog.ABSENT : log.outcome(offset);
        if (!RecordLog.isAccepted(outcome)) {
            String must = RecordLog.isRejected(outcome) ? "a dead letter" : "nothing";
            String is = "a version of epoch " + row.epoch() + in("offer_versions");
            anomalies.add(
                    STORE,
                    Kind.PHANTOM,
                    partition,
                    offset,
                    () -> new Anomaly.Example(examples.where(partition, offset), row.id(), is, must));
            return false;
        }
        if (!log.mark(offset, VERSION_SEEN)) {
            report(Kind.DUPLICATE, partition, offset, "another version" + in("offer_versions"), "one version");
            return false;
        }
        String cell = row.isDeleted() ? DELETED : row.offer().cell().key();
        if (row.isDeleted() != (outcome == RecordLog.DELETION)) {
            report(Kind.DIFFERENT, partition, offset, cell + in("offer_versions"), fold.cellOf(outcome));
            return true;
        }
        if (!cell.equals(fold.cellOf(outcome))) {
            report(Kind.MISPLACED, partition, offset, cell + in("offer_versions"), fold.cellOf(outcome));
        }
        checkRecord(row, log);
        return true;
    }

    private void missing() {
        for (int slot = 0; slot < fold.offers().slots(); slot++) {
            if (fold.offers().isUsed(slot) && !fold.offers().isMarked(slot, SEEN) && !isExempt(slot)) {
                report(Kind.LOST, slot, "in neither of offers and offer_tombstones");
            }
        }
        fold.logs().forEach((partition, log) -> {
            for (long offset = log.begin(); offset < log.end(); offset++) {
                char outcome = log.outcome(offset);
                if (RecordLog.isAccepted(outcome)
                        && !log.isMarked(offset, VERSION_SEEN)
                        && !log.isMarked(offset, LetterComparison.FROM_POSTGRES)) {
                    report(Kind.LOST, partition, offset, "not in offer_versions", fold.cellOf(outcome));
                }
            }
        });
    }

    /** Whether the rows of {@code offers} are right was asked row by row; here it is whether they are counted. */
    private void counts() throws IOException {
        Map<Cell, Long> stored;
        Map<Cell, Long> grouped;
        try (PostgresCounts counts = new PostgresCounts(config)) {
            stored = counts.read();
            grouped = counts.count();
        }
        Map<String, Long> kept = byKey(stored);
        kept.forEach((cell, count) -> {
            if (count == 0) {
                anomalies.add(STORE, Kind.MISCOUNTED, cell, "a row of 0 in offer_counts", "no row");
            }
        });
        compare("offer_counts", kept, rows);
        compare("GROUP BY over offers", byKey(grouped), rows);
    }

    private void compare(String what, Map<String, Long> counts, Map<String, Long> wanted) {
        SortedSet<String> cells = new TreeSet<>(wanted.keySet());
        cells.addAll(counts.keySet());
        for (String cell : cells) {
            long is = counts.getOrDefault(cell, 0L);
            long must = wanted.getOrDefault(cell, 0L);
            if (is != must) {
                anomalies.add(STORE, Kind.MISCOUNTED, cell, what + " " + is, must + " rows of offers");
            }
        }
    }

    /** The newest version of the offer was refused by PostgreSQL, and lies in the dead letters. */
    private boolean isExempt(int slot) {
        return fold.isMarked(slot, LetterComparison.FROM_POSTGRES);
    }

    private void report(Kind kind, int slot, String is) {
        report(kind, slot, is, examples.must(slot));
    }

    private void report(Kind kind, int slot, String is, String must) {
        anomalies.add(STORE, kind, fold.offers().partition(slot), fold.offset(slot), () -> examples.at(slot, is, must));
    }

    private void report(Kind kind, int partition, long offset, String is, String must) {
        anomalies.add(STORE, kind, partition, offset, () -> examples.at(partition, offset, is, must));
    }

    private static PlainOffer plain(StoredOffer offer) {
        if (offer == null) {
            return null;
        }
        return new PlainOffer(
                offer.professionId(),
                offer.contractType(),
                offer.name(),
                offer.latitude(),
                offer.longitude(),
                offer.company(),
                offer.description(),
                offer.publishedAtMillis(),
                null,
                new PlainDetails(
                        offer.url(),
                        offer.salaryMin(),
                        offer.salaryMax(),
                        offer.salaryCurrency(),
                        offer.salaryPeriod(),
                        offer.city(),
                        offer.country(),
                        offer.remote(),
                        offer.validThroughMillis(),
                        new TreeMap<>(offer.fields())));
    }

    private static Map<String, Long> byKey(Map<Cell, Long> counts) {
        Map<String, Long> byKey = new TreeMap<>();
        counts.forEach((cell, count) -> byKey.put(cell.key(), count));
        return byKey;
    }

    private static String in(String table) {
        return " in " + table;
    }

    private static Anomaly.Example in(String table, Anomaly.Example example) {
        return new Anomaly.Example(example.where(), example.id(), example.is() + in(table), example.must());
    }

    private static String time(Long millis) {
        if (millis == null) {
            return "null";
        }
        return millis == OfferVersion.MINUS_INFINITY
                ? "-infinity"
                : millis == OfferVersion.INFINITY ? "infinity" : Long.toString(millis);
    }
}
