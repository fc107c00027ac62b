package org.offerstorm.lake.batch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.sinks.hdfs.StagedLog;

/**
 * The logs of many seeds in one, each each with its own offers: corrections, deletions, deleted ones that come back, timestamps
 * that step back, rows that are there twice, and a topic that is created again.
 */
final class RandomLog {
    private static final int PARTITIONS = 3;
    private static final int OFFERS_OF_SEED = 4;
    private static final long EPOCH_BITS = 48;
    private static final long START = Instant.parse("2026-10-30T00:00:00Z").toEpochMilli();
    private static final List<Continent> CONTINENTS = List.of(Continent.AF, Continent.EU, Continent.UNKNOWN);
    private static final List<String> CATEGORIES = List.of("Tech", "Health", "(none)");

    private final List<Event> events = new ArrayList<>();

    /** One record. */
    record Event(
            int epoch,
            int partition,
            long offset,
            long millis,
            boolean deleted,
            String id,
            String category,
            Continent continent) {
        long version() {
            return (long) epoch << EPOCH_BITS | offset;
        }
    }

    /** One row that the history must have. */
    record Version(
            String id, long version, String category, String continent, Instant from, Instant to, boolean current) {}

    RandomLog(int seeds, int eventsOfSeed) {
        List<Random> randoms = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            randoms.add(new Random(seed));
        }
        Random order = new Random(seeds);
        Map<Integer, Long> next = new HashMap<>();
        int total = seeds * eventsOfSeed;
        long millis = START;
        for (int i = 0; i < total; i++) {
            int epoch = i < total * 2 / 3 ? 1 : 2;
            if (i == total * 2 / 3) {
                next.clear();
            }
            int seed = order.nextInt(seeds);
            Random random = randoms.get(seed);
            millis += random.nextInt(20_000) - 5_000L;
            long own = random.nextInt(10) == 0 ? millis - random.nextInt(3_600_000) : millis;
            String id = "s" + seed + "-" + random.nextInt(OFFERS_OF_SEED);
            int partition = Math.floorMod(id.hashCode(), PARTITIONS);
            long offset = next.merge(partition, 1L + random.nextInt(2), Long::sum) - 1; // some were refused
            events.add(new Event(
                    epoch,
                    partition,
                    offset,
                    own,
                    random.nextInt(4) == 0,
                    id,
                    CATEGORIES.get(random.nextInt(CATEGORIES.size())),
                    CONTINENTS.get(random.nextInt(CONTINENTS.size()))));
        }
    }

    /** In the order in which they came. */
    List<Event> events() {
        return List.copyOf(events);
    }

    int size() {
        return events.size();
    }

    /** Of about so many records, uneven over the partitions as a running stream leaves it. */
    OffsetVector cut(int records, Random random) {
        Event last = events.get(records - 1);
        SortedMap<Integer, Long> next = new TreeMap<>();
        for (Event event : events.subList(0, records)) {
            if (event.epoch() == last.epoch()) {
                next.merge(event.partition(), event.offset() + 1, Math::max);
            }
        }
        if (random != null) {
            next.replaceAll((partition, offset) -> Math.max(0, offset - random.nextInt(40)));
        }
        return new OffsetVector(last.epoch(), next);
    }

    OffsetVector end() {
        return cut(events.size(), null);
    }

    /** What the history must be. */
    List<Version> fold(OffsetVector to) {
        Map<String, TreeMap<Long, Event>> offers = new TreeMap<>();
        for (Event event : events) {
            if (to.covers(event.epoch(), event.partition(), event.offset())) {
                offers.computeIfAbsent(event.id(), id -> new TreeMap<>()).put(event.version(), event);
            }
        }
        List<Version> versions = new ArrayList<>();
        offers.forEach((id, chain) -> {
            long from = Long.MIN_VALUE;
            List<Event> ordered = List.copyOf(chain.values());
            for (int i = 0; i < ordered.size(); i++) {
                Event event = ordered.get(i);
                from = Math.max(from, event.millis());
                boolean newest = i == ordered.size() - 1;
                versions.add(new Version(
                        id,
                        event.version(),
                        event.deleted() ? null : event.category(),
                        event.deleted() ? null : event.continent().name(),
                        Instant.ofEpochMilli(from),
                        newest
                                ? null
                                : Instant.ofEpochMilli(
                                        Math.max(from, ordered.get(i + 1).millis())),
                        newest && !event.deleted()));
            }
        });
        return versions;
    }

    /** What the counts must be at a moment. */
    Map<Cell, Long> counts(OffsetVector to, Instant at) {
        Map<Cell, Long> counts = new HashMap<>();
        for (Version version : fold(to)) {
            if (version.category() != null
                    && !version.from().isAfter(at)
                    && (version.to() == null || version.to().isAfter(at))) {
                counts.merge(Cell.of(version.category(), Continent.valueOf(version.continent())), 1L, Long::sum);
            }
        }
        return counts;
    }

    /** As staged files are read, up to a cut that a test moves. */
    final class Memory implements Staging {
        private final SparkSession spark;
        private OffsetVector cut = OffsetVector.NOTHING;

        Memory(SparkSession spark) {
            this.spark = spark;
        }

        Memory to(OffsetVector to) {
            cut = to;
            return this;
        }

        @Override
        public OffsetVector cut() {
            return cut;
        }

        @Override
        public Dataset<Row> rows(OffsetVector from, OffsetVector to) {
            List<Row> rows = new ArrayList<>();
            for (Event event : events) {
                if (to.covers(event.epoch(), event.partition(), event.offset())
                        && !from.covers(event.epoch(), event.partition(), event.offset())) {
                    rows.add(OfferColumns.row(avro(event)));
                    if (event.offset() % 20 == 0) { // somebody copied a file
                        rows.add(OfferColumns.row(avro(event)));
                    }
                }
            }
            return spark.createDataFrame(rows, OfferColumns.rawType()).selectExpr(OfferColumns.fromRaw());
        }

        private static GenericRecord avro(Event event) {
            GenericRecord row = new GenericData.Record(StagedLog.schema());
            row.put("epoch", event.epoch());
            row.put("partition", event.partition());
            row.put("offset", event.offset());
            row.put("timestamp", event.millis());
            row.put("op", event.deleted() ? "D" : "U");
            row.put("id", event.id());
            if (!event.deleted()) {
                row.put("continent", event.continent().name());
                row.put("category", event.category());
                row.put("name", event.id() + "@" + event.offset());
                row.put("office_latitude", 48.5);
                row.put("published_at", event.millis() - 1);
                row.put("remote", event.offset() % 2 == 0);
                row.put("fields", Map.of("level", "L" + event.offset() % 3));
            }
            return row;
        }
    }
}
