package org.offerstorm.topology.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.offerstorm.bolts.testing.FeedSpout;
import org.offerstorm.bolts.testing.TopologyDriver;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.CatalogueRows.Row;
import org.offerstorm.core.parse.OfferParser;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.reference.ProfessionsReader;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.SinkFactory;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.sinks.memory.InMemoryDeadLetters;
import org.offerstorm.sinks.memory.InMemorySink;
import org.offerstorm.sinks.memory.InMemoryStore;
import org.offerstorm.tools.config.ConfigLoader;

/**
 * Every row of the catalogue of bad input through the whole topology: behind an earlier version of its offer, between two
 * good neighbours of its chunk. Writes what became of each row to {@code topology/target/catalogue.txt}.
 */
class CatalogueTest {
    private static final String NAME = CatalogueTest.class.getName();
    private static final Source SOURCE = new Source("offers", "topic-id", 1, 1);
    private static final long ROW_OFFSET = 2;
    private static final List<String> REPORT = new ArrayList<>();

    private final OfferstormConfig config = ConfigLoader.defaults();
    private TopologyDriver driver;

    @BeforeEach
    void start() throws IOException {
        Map<SinkKind<?>, SinkFactory> sinks = new LinkedHashMap<>();
        for (SinkKind<?> sink : Sinks.ALL) {
            sinks.put(sink, InMemorySink.factory(sink.name(), storeName(sink)));
        }
        String professions = "id,name,category_name\n1,Developer,Tech\n";
        OffersTopology.Parts parts = new OffersTopology.Parts(
                new FeedSpout(NAME),
                InMemoryDeadLetters.factory(NAME),
                DataSet.of(ProfessionsReader.read(new ByteArrayInputStream(professions.getBytes(UTF_8)), "test")),
                () -> (latitude, longitude) -> continent(latitude),
                sinks);
        driver = TopologyDriver.start(
                OffersTopology.wire(config, parts), new HashMap<>(OffersTopology.stormConfig(config)));
    }

    @AfterEach
    void stop() {
        driver.close();
        FeedSpout.feed(NAME).clear();
        InMemoryDeadLetters.forget(NAME);
        for (SinkKind<?> sink : Sinks.ALL) {
            InMemoryStore.forget(storeName(sink));
        }
    }

    @AfterAll
    static void report() throws IOException {
        Path file = Path.of(System.getProperty("offerstorm.root"), "topology", "target", "catalogue.txt");
        Files.createDirectories(file.getParent());
        Files.write(file, REPORT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.offerstorm.core.parse.CatalogueRows#all")
    void each_row_has_its_outcome_and_disturbs_nothing(Row row) {
        SourceRecord record = new SourceRecord(
                new SourcePosition(0, ROW_OFFSET, row.record().position().timestampMillis()),
                row.record().key(),
                row.record().value());
        String id = id(record.key());
        boolean accepted = row.verdict().equals("upsert") || row.verdict().equals("delete");

        feed(0, id == null ? good(0, "earlier") : good(0, id));
        feed(1, good(1, "before"), record, good(3, "after"));
        runUntilAnswered();

        // What must be live: neighbours, and of the row's offer the new version, none, or the earlier one.
        Map<String, String> cells = new HashMap<>(Map.of("before", "Tech|AF", "after", "Tech|AF"));
        cells.put(id == null ? "earlier" : id, "Tech|AF");
        if (row.verdict().equals("upsert")) {
            cells.put(id, cell(record));
        } else if (row.verdict().equals("delete")) {
            cells.remove(id);
        }
        Map<String, Long> counts = new HashMap<>();
        cells.values().forEach(cell -> counts.merge(cell, 1L, Long::sum));
        Set<String> live = new HashSet<>(cells.keySet());
        for (SinkKind<?> sink : Sinks.ALL) {
            InMemoryStore store = InMemoryStore.named(storeName(sink));
            assertThat(store.counts()).as(sink.name()).isEqualTo(counts);
            assertThat(store.liveIds()).as(sink.name()).isEqualTo(live);
            assertThat(store.coverage()).as(sink.name()).isEqualTo(Map.of(0, 4L));
        }
        List<DeadLetter> letters = InMemoryDeadLetters.named(NAME).letters();
        assertThat(letters).hasSize(accepted ? 0 : 1);
        letters.forEach(letter -> assertIsLetterOf(row, record, letter));
        assertThat(driver.counter(TopologyNames.PARSE, TopologyNames.METRIC_REJECTED))
                .isEqualTo(letters.size());
        assertThat(driver.acked()).isEqualTo(2);
        assertThat(driver.failed()).isZero();
        assertThat(driver.pending()).isZero();

        String outcome =
                accepted ? row.verdict() : "dead letter: " + letters.get(0).reason();
        REPORT.add("%4d  %-64s  %s".formatted(row.number(), printable(row.input()), outcome));
    }

    @Test
    void fields_that_no_offer_has_are_counted() {
        byte[] value = "{\"id\":\"a\",\"name\":\"n\",\"salary\":1,\"nested\":{\"name\":2,\"x\":3}}".getBytes(UTF_8);
        SourceRecord record = new SourceRecord(new SourcePosition(0, 1, 0), "a".getBytes(UTF_8), value);

        byte[] broken = "{\"id\":\"b\",\"salary\":1,".getBytes(UTF_8);
        SourceRecord refused = new SourceRecord(new SourcePosition(0, 2, 0), "b".getBytes(UTF_8), broken);

        feed(0, good(0, "before"), record);
        feed(2, refused, good(3, "after"));
        runUntilAnswered();

        assertThat(driver.counter(TopologyNames.PARSE, TopologyNames.METRIC_UNKNOWN_FIELDS))
                .isEqualTo(2);
        assertThat(driver.acked()).isEqualTo(2);
    }

    private void runUntilAnswered() {
        await().atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> {
                    driver.run();
                    driver.tick();
                    return driver.pending() == 0;
                });
    }

    private static void assertIsLetterOf(Row row, SourceRecord record, DeadLetter letter) {
        assertThat(letter.reason()).isEqualTo(row.verdict());
        assertThat(letter.stage()).isEqualTo(TopologyNames.PARSE);
        assertThat(letter.source()).isEqualTo(SOURCE);
        assertThat(letter.position()).isEqualTo(record.position());
        assertThat(letter.letterKey()).isEqualTo("1/offers/0/" + ROW_OFFSET);
        assertThat(Arrays.equals(letter.key(), record.key())).as("raw key").isTrue();
        assertThat(Arrays.equals(letter.value(), record.value()))
                .as("raw value")
                .isTrue();
        assertThat(letter.detail()).isNotBlank();
    }

    /** The id that the key is; null if it is none, so that no earlier version can have it. */
    private static String id(byte[] key) {
        SourceRecord deletion = new SourceRecord(new SourcePosition(0, 0, 0), key, null);
        return new OfferParser().parse(deletion) instanceof ParseResult.Accepted ok
                ? ok.change().id()
                : null;
    }

    private static String cell(SourceRecord record) {
        ParseResult.Accepted accepted = (ParseResult.Accepted) new OfferParser().parse(record);
        Offer offer = ((Upsert) accepted.change()).offer();
        String category = !offer.hasProfession() ? "(none)" : offer.professionId() == 1 ? "Tech" : "(other)";
        if (offer.details().category() != null) {
            category = offer.details().category().equals("Tech") ? "Tech" : "(other)";
        }
        return category + "|" + (offer.hasLocation() ? continent(offer.latitude()) : Continent.UNKNOWN);
    }

    private static Continent continent(double latitude) {
        return latitude > 0 ? Continent.EU : Continent.AF;
    }

    /** An offer in cell Tech|AF. No row's id has characters that JSON would want escaped. */
    private static SourceRecord good(long offset, String id) {
        String json = "{\"id\":\"" + id + "\",\"name\":\"n\",\"profession_id\":1,"
                + "\"office_latitude\":-1.29,\"office_longitude\":36.82}";
        return new SourceRecord(
                new SourcePosition(0, offset, 1_767_225_600_000L), id.getBytes(UTF_8), json.getBytes(UTF_8));
    }

    private static void feed(long from, SourceRecord... records) {
        OffsetRange range = new OffsetRange(0, from, from + records.length, from == 0);
        ChunkHeader header = new ChunkHeader(SOURCE, 0, 1, List.of(range), List.of(), false);
        FeedSpout.feed(NAME).addLast(new Chunk<>(header, List.of(records)));
    }

    private static String printable(String input) {
        StringBuilder text = new StringBuilder();
        input.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean plain = c >= ' ' && c != 0x7F && type != Character.FORMAT && type != Character.UNASSIGNED;
            if (plain && !(c >= 0x80 && c < 0xA0)) {
                text.appendCodePoint(c);
            } else {
                text.append("\\u%04x".formatted(c));
            }
        });
        return text.toString();
    }

    private static String storeName(SinkKind<?> sink) {
        return NAME + "/" + sink;
    }
}
