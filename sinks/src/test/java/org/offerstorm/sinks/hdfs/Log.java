package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.core.model.Floor;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Salary;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.WriteResult;

/** A directory in HDFS, chunks for it, and what it holds. */
final class Log {
    static final Source SOURCE = new Source("offers", "topic-id-1", 1, 4);
    /** 2026-03-01T12:00:00Z */
    static final long NOON = 1_772_366_400_000L;

    static final long DAY = Duration.ofDays(1).toMillis();

    private static final Details DETAILS = new Details(
            "Tech",
            "https://jobs.example/\u00E9?a=1&b=2",
            "Gen\u00E8ve",
            "CH",
            false,
            new Salary(0, 120_000.5, "CHF", "year"),
            NOON + 1,
            List.of(
                    new FieldValue(new DataField("note", FieldType.TEXT, false), "two\nlines \uD83D\uDE80"),
                    new FieldValue(new DataField("level", FieldType.KEYWORD, true), "senior"),
                    new FieldValue(
                            new DataField("skills", FieldType.KEYWORDS, true),
                            List.of("C\"#", "Java\\\u0001", "\u00E9")),
                    new FieldValue(new DataField("places", FieldType.INTEGER, false), -(1L << 53)),
                    new FieldValue(new DataField("score", FieldType.DECIMAL, false), 1e-7),
                    new FieldValue(new DataField("urgent", FieldType.BOOLEAN, true), true),
                    new FieldValue(new DataField("since", FieldType.DATE, false), NOON)));

    /** The row's part of {@link #detailed}. */
    static final RowDetails DETAILS_AS_ROW = new RowDetails(
            "https://jobs.example/\u00E9?a=1&b=2",
            0.0,
            120_000.5,
            "CHF",
            "year",
            "Gen\u00E8ve",
            "CH",
            false,
            NOON + 1,
            Map.of(
                    "note", "two\nlines \uD83D\uDE80",
                    "level", "senior",
                    "skills", "[\"C\\\"#\",\"Java\\\\\\u0001\",\"\u00E9\"]",
                    "places", "-9007199254740992",
                    "score", "1.0E-7",
                    "urgent", "true",
                    "since", "2026-03-01T12:00:00Z"));

    private static final Map<String, ClientSettings> SETTINGS = new ConcurrentHashMap<>();
    /** HDFS recovers a lease when a heartbeat comes, which a busy machine delays. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    final HdfsConfig config;

    Log(String uri, String directory) {
        this(uri, directory, 1 << 27);
    }

    Log(String uri, String directory, long rollSize) {
        this(new HdfsConfig(uri, directory, rollSize, Duration.ofMinutes(10), Map.of()));
    }

    Log(HdfsConfig config) {
        this.config = config;
    }

    LogFiles files() throws IOException {
        return new HdfsFiles(SETTINGS.computeIfAbsent(config.uri(), uri -> new ClientSettings(config)));
    }

    HdfsSink sink(InstantSource clock) {
        return new HdfsSink(config, context(clock));
    }

    static SinkContext context(InstantSource clock) {
        return new SinkContext(0, 1, 1, "group-1", clock);
    }

    /** {@code count} offers from {@code from} on, in one partition, on one day. */
    static Chunk<Change> chunk(int partition, long from, int count) {
        return chunk(SOURCE, 0, 1, partition, from, count, NOON);
    }

    static Chunk<Change> chunk(
            Source source, int slot, int slots, int partition, long from, int count, long timestamp) {
        List<Change> changes = new ArrayList<>(count);
        for (long offset = from; offset < from + count; offset++) {
            changes.add(upsert(partition, offset, timestamp));
        }
        OffsetRange range = new OffsetRange(partition, from, from + count, from == 0);
        return new Chunk<>(new ChunkHeader(source, slot, slots, List.of(range), List.of(), false), changes);
    }

    static Chunk<Change> chunk(List<Change> changes) {
        Map<Integer, List<Long>> offsets = changes.stream()
                .collect(Collectors.groupingBy(
                        c -> c.position().partition(),
                        Collectors.mapping(c -> c.position().offset(), Collectors.toList())));
        List<OffsetRange> ranges = new ArrayList<>();
        offsets.forEach((p, o) -> ranges.add(new OffsetRange(p, o.get(0), o.get(o.size() - 1) + 1, false)));
        return new Chunk<>(new ChunkHeader(SOURCE, 0, 1, ranges, List.of(), false), changes);
    }

    static Chunk<Change> floors(Floor... floors) {
        return new Chunk<>(new ChunkHeader(SOURCE, 0, 1, List.of(), List.of(floors), false), List.of());
    }

    static Chunk<Change> drain() {
        return drain(0, 1);
    }

    static Chunk<Change> drain(int slot, int slots) {
        return new Chunk<>(new ChunkHeader(SOURCE, slot, slots, List.of(), List.of(), true), List.of());
    }

    static Upsert upsert(int partition, long offset, long timestamp) {
        String id = partition + "-" + offset % 1000;
        Offer offer = new Offer(
                id, offset % 7, "full_time", "Offer " + offset, 48.85, 2.35, "Company", "Text ".repeat(8), timestamp);
        return new Upsert(
                new SourcePosition(partition, offset, timestamp),
                offer,
                Cell.of("Tech", offset % 2 == 0 ? Continent.EU : Continent.AF),
                null);
    }

    /** One with everything that an offer may say. */
    static Upsert detailed(int partition, long offset, long timestamp) {
        Upsert plain = upsert(partition, offset, timestamp);
        Offer offer = plain.offer();
        return new Upsert(
                plain.position(),
                new Offer(
                        offer.id(),
                        offer.professionId(),
                        offer.contractType(),
                        offer.name(),
                        offer.latitude(),
                        offer.longitude(),
                        offer.company(),
                        offer.description(),
                        offer.publishedAtMillis(),
                        DETAILS),
                plain.cell(),
                null);
    }

    static Delete delete(int partition, long offset, long timestamp, String id) {
        return new Delete(new SourcePosition(partition, offset, timestamp), id);
    }

    /** Offers the chunk until it is done, a tick and a moment between; the clock passes a second each time. */
    static WriteResult.Done writeUntilDone(HdfsSink sink, TestClock clock, Chunk<Change> chunk)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            WriteResult result = sink.write(chunk);
            if (result instanceof WriteResult.Done done) {
                return done;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("never done: " + result);
            }
            clock.pass(Duration.ofSeconds(1));
            sink.tick();
            Thread.sleep(50);
        }
    }

    /** {@code partition@offset} of all rows, in order, doubled ones twice. */
    List<String> rows() throws IOException {
        try (HdfsOffers offers = new HdfsOffers(config)) {
            List<String> rows = new ArrayList<>();
            offers.forEach(row -> rows.add(row.partition() + "@" + row.offset()));
            return rows;
        }
    }

    /** Every (partition, offset) of the chunks is there exactly once, and nothing else. */
    void assertHoldsExactly(List<Chunk<Change>> chunks) throws IOException {
        List<String> expected = chunks.stream()
                .flatMap(c -> c.items().stream())
                .map(c -> c.position().partition() + "@" + c.position().offset())
                .toList();
        assertThat(rows()).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Paths of all files below the directory, relative to it, without claims and identity. */
    TreeSet<String> avroFiles() throws IOException {
        TreeSet<String> found = new TreeSet<>();
        try (LogFiles files = files()) {
            collect(files, new Path(config.directory()), found);
        }
        return found;
    }

    private void collect(LogFiles files, Path directory, TreeSet<String> found) throws IOException {
        for (LogFiles.Entry entry : files.list(directory)) {
            if (entry.directory()) {
                collect(files, entry.path(), found);
            } else if (entry.name().endsWith(Layout.SUFFIX)) {
                found.add(entry.path().toString().substring(config.directory().length() + 1));
            }
        }
    }
}
