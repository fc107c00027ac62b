package org.offerstorm.topology.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.offerstorm.bolts.testing.FeedSpout;
import org.offerstorm.bolts.testing.TopologyDriver;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.core.reference.ProfessionsReader;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.SinkFactory;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.memory.InMemoryDeadLetters;
import org.offerstorm.sinks.memory.InMemorySink;
import org.offerstorm.sinks.memory.InMemoryStore;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.solr.Solr;
import org.offerstorm.tools.config.ConfigLoader;

/** The whole wiring, in this thread: real tuples, Kryo over every edge, Storm's groupings and ack tree. */
class OffersTopologyTest {
    private static final String NAME = OffersTopologyTest.class.getName();
    private static final Source SOURCE = new Source("offers", "topic-id", 1, 1);
    private static final String PARIS = "\"office_latitude\":48.86,\"office_longitude\":2.35";
    private static final String NAIROBI = "\"office_latitude\":-1.29,\"office_longitude\":36.82";

    private final OfferstormConfig config = ConfigLoader.defaults();
    private TopologyDriver driver;
    private long offset;

    @BeforeEach
    void start() throws IOException {
        Map<SinkKind<?>, SinkFactory> sinks = new LinkedHashMap<>();
        for (SinkKind<?> sink : Sinks.ALL) {
            sinks.put(sink, InMemorySink.factory(sink.name(), storeName(sink)));
        }
        driver = TopologyDriver.start(
                OffersTopology.wire(
                        config,
                        new OffersTopology.Parts(
                                new FeedSpout(NAME),
                                InMemoryDeadLetters.factory(NAME),
                                DataSet.of(professions()),
                                () -> (latitude, longitude) -> latitude > 0 ? Continent.EU : Continent.AF,
                                sinks)),
                new HashMap<>(OffersTopology.stormConfig(config)));
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

    @Test
    void an_offer_is_counted_in_its_cell_in_every_sink_and_its_chunk_is_acked() {
        feed(offer("a", PARIS), offer("b", NAIROBI), offer("c", ""));
        driver.run();

        assertEverySinkCounts(Map.of("(none)|EU", 1L, "(none)|AF", 1L, "(none)|UNKNOWN", 1L));
        assertThat(driver.acked()).isEqualTo(1);
        assertThat(driver.pending()).isZero();
        assertThat(driver.counter(Redis.KIND.component(), TopologyNames.METRIC_WRITTEN))
                .isEqualTo(3);
    }

    @Test
    void a_correction_moves_the_offer_a_deletion_takes_it_away() {
        feed(offer("a", PARIS), offer("b", PARIS));
        feed(offer("a", NAIROBI), record("b", null));
        driver.run();
        eventuallyAcked(2);

        assertEverySinkCounts(Map.of("(none)|AF", 1L));
    }

    @Test
    void a_profession_gives_the_category_and_an_unknown_one_gives_other() {
        feed(offer("a", "\"profession_id\":999999," + PARIS));
        driver.run();

        assertEverySinkCounts(Map.of("(other)|EU", 1L));
    }

    @Test
    void a_bad_record_lies_in_the_dead_letters_byte_for_byte_and_its_neighbours_count() {
        byte[] bad = {'{', (byte) 0xFF, 0};
        feed(offer("a", PARIS), new Row("x".getBytes(UTF_8), bad), new Row(null, bad), offer("b", PARIS));
        driver.run();
        eventuallyAcked(1);

        assertEverySinkCounts(Map.of("(none)|EU", 2L));
        List<DeadLetter> letters = InMemoryDeadLetters.named(NAME).letters();
        assertThat(letters).extracting(DeadLetter::reason).containsExactly("bad_utf8", "key_missing");
        assertThat(letters).extracting(DeadLetter::letterKey).containsExactly("1/offers/0/1", "1/offers/0/2");
        assertThat(letters.get(0).value()).isEqualTo(bad);
        assertThat(letters.get(0).key()).isEqualTo("x".getBytes(UTF_8));
        assertThat(letters.get(1).key()).isNull();
        assertThat(driver.acked()).isEqualTo(1);
    }

    @Test
    void a_chunk_whose_records_are_all_bad_or_that_has_none_still_covers_its_ranges_in_every_sink() {
        feed(record("a", "[]"));
        feed();
        driver.run();
        eventuallyAcked(2);

        assertThat(driver.acked()).isEqualTo(2);
        for (SinkKind<?> sink : Sinks.ALL) {
            assertThat(store(sink).coverage()).as(sink.name()).containsEntry(0, 1L);
        }
    }

    @Test
    void while_one_sink_is_away_nothing_is_acked_nothing_failed_and_then_it_goes_on_by_itself() {
        store(Solr.KIND).setOutage("Solr is away");
        feed(offer("a", PARIS));
        feed(offer("b", PARIS));
        driver.run();
        driver.expireForgotten();
        for (int timeout = 0; timeout < 5; timeout++) { // each time-out of Storm finds all of it kept alive
            driver.tick();
            driver.expireForgotten();
        }

        assertThat(driver.acked()).isZero();
        assertThat(driver.failed()).isZero();
        assertThat(store(Redis.KIND).counts()).containsEntry("(none)|EU", 2L);

        store(Solr.KIND).setOutage(null);
        eventuallyAcked(2);
        assertEverySinkCounts(Map.of("(none)|EU", 2L));
    }

    @Test
    void while_the_dead_letters_are_away_a_chunk_with_a_bad_record_is_not_acked() {
        InMemoryDeadLetters letters = InMemoryDeadLetters.named(NAME);
        letters.setOutage("the topic is away");
        feed(offer("a", PARIS), record("x", "{"));
        driver.run();

        assertThat(driver.acked()).isZero();
        letters.setOutage(null);
        eventuallyAcked(1);
        assertThat(letters.letters()).hasSize(1);
    }

    @Test
    void a_lone_chunk_with_a_bad_record_is_acked_without_a_tick() {
        feed(record("x", "{"), offer("a", PARIS));
        driver.run();

        assertThat(driver.acked()).isEqualTo(1);
    }

    @Test
    void what_a_sink_rejects_goes_to_the_dead_letters_and_still_counts_elsewhere() {
        store(Solr.KIND).reject("a");
        feed(offer("a", PARIS), offer("b", PARIS));
        driver.run();

        assertThat(store(Solr.KIND).counts()).containsEntry("(none)|EU", 1L);
        assertThat(store(Redis.KIND).counts()).containsEntry("(none)|EU", 2L);
        List<DeadLetter> letters = InMemoryDeadLetters.named(NAME).letters();
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.stage()).isEqualTo("solr");
            assertThat(letter.reason()).isEqualTo("sink_rejected");
            assertThat(new String(letter.value(), UTF_8)).contains("\"id\":\"a\"");
        });
        assertThat(driver.acked()).isEqualTo(1);
    }

    @Test
    void a_chunk_lost_on_the_way_is_replayed_and_counted_once() {
        store(Hdfs.KIND).setOutage("HDFS is away");
        feed(offer("a", PARIS));
        driver.run();
        driver.expire();
        store(Hdfs.KIND).setOutage(null);
        driver.run();
        eventuallyAcked(1);

        assertThat(driver.failed()).isEqualTo(1);
        assertEverySinkCounts(Map.of("(none)|EU", 1L));
        assertThat(driver.counter(Redis.KIND.component(), TopologyNames.METRIC_STALE))
                .isEqualTo(1);
    }

    private static Professions professions() throws IOException {
        String csv = "id,name,category_name\n1,Developer,Tech\n";
        return ProfessionsReader.read(new ByteArrayInputStream(csv.getBytes(UTF_8)), "test");
    }

    private void eventuallyAcked(long chunks) {
        await().atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> {
                    driver.tick();
                    driver.run();
                    return driver.acked() >= chunks;
                });
        assertThat(driver.acked()).isEqualTo(chunks);
    }

    private void assertEverySinkCounts(Map<String, Long> expected) {
        for (SinkKind<?> sink : Sinks.ALL) {
            assertThat(store(sink).counts()).as(sink.name()).isEqualTo(expected);
        }
    }

    private void feed(Row... rows) {
        List<SourceRecord> records = new ArrayList<>();
        long from = offset;
        for (Row row : rows) {
            records.add(new SourceRecord(new SourcePosition(0, offset++, 1_767_225_600_000L), row.key(), row.value()));
        }
        FeedSpout.feed(NAME)
                .addLast(new Chunk<>(
                        new ChunkHeader(
                                SOURCE, 0, 1, List.of(new OffsetRange(0, from, offset, from == 0)), List.of(), false),
                        records));
    }

    private static Row offer(String id, String fields) {
        return record(id, "{\"id\":\"" + id + "\",\"name\":\"n\"" + (fields.isEmpty() ? "" : "," + fields) + "}");
    }

    private static Row record(String id, String value) {
        return new Row(id.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
    }

    private static InMemoryStore store(SinkKind<?> sink) {
        return InMemoryStore.named(storeName(sink));
    }

    private static String storeName(SinkKind<?> sink) {
        return NAME + "/" + sink;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(byte[] key, byte[] value) {}
}
