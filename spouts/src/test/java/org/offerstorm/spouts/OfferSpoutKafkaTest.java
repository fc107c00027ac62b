package org.offerstorm.spouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.model.Floor;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.local.servers.testing.KafkaFixture;
import org.offerstorm.spouts.SpoutDriver.Emitted;

/** The spout against a real broker: what it emits, and what acks do. */
class OfferSpoutKafkaTest {
    private static final SpoutTuning TUNING = SpoutTuning.of(Set.of("redis", "hdfs"), 16);

    @TempDir
    static Path directory;

    private static KafkaFixture kafka;

    private SpoutDriver driver;

    @BeforeAll
    static void start() throws Exception {
        kafka = new KafkaFixture(directory);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @AfterEach
    void closeSpout() {
        if (driver != null) {
            driver.close();
        }
    }

    @Test
    void emits_every_record_once_in_ranges_that_tile() throws Exception {
        SourceConfig source = kafka.newTopic(3);
        kafka.produce(source, 3, 0, 5_000);

        driver = open(source, TUNING).ackingUntil(() -> driver.records() >= 5_000);
        kafka.produce(source, 3, 5_000, 6_000);
        driver.ackingUntil(() -> driver.records() >= 6_000).during(Duration.ofMillis(200));

        assertThat(driver.numbers()).containsExactlyInAnyOrderElementsOf(numbers(6_000));
        for (int partition = 0; partition < 3; partition++) {
            assertThat(driver.tiledFrom(partition, 0)).isEqualTo(2_000);
        }
        assertThat(driver.emitted)
                .allSatisfy(chunk -> assertThat(chunk.chunk().size()).isLessThanOrEqualTo(1_000));
        assertThat(driver.emitted.stream().flatMap(chunk -> chunk.ranges().stream()))
                .allSatisfy(range -> assertThat(range.logStart()).isEqualTo(range.from() == 0));
        assertThat(driver.counter("spout-records")).isEqualTo(6_000);
        driver.ackAll();
        driver.until(() -> driver.gauge("spout-lag") == 0);
        assertThat(driver.gauge("spout-floor")).isEqualTo(6_000);
    }

    @Test
    void a_partition_belongs_to_the_slot_of_its_number_modulo_the_tasks() throws Exception {
        SourceConfig source = kafka.newTopic(5);
        kafka.produce(source, 5, 0, 50);

        driver = new SpoutDriver(spout(source, TUNING), 1, 2);
        driver.until(() -> driver.records() >= 20);

        assertThat(driver.emitted.stream().flatMap(chunk -> chunk.chunk().items().stream()))
                .extracting(record -> record.position().partition())
                .containsOnly(1, 3);
        assertThat(driver.emitted.get(0).chunk().header()).satisfies(header -> {
            assertThat(header.slot()).isEqualTo(1);
            assertThat(header.slots()).isEqualTo(2);
            assertThat(header.source().partitions()).isEqualTo(5);
        });
    }

    @Test
    void acks_in_any_order_commit_no_more_than_the_acked_prefix_and_a_restart_goes_on_there() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        kafka.produce(source, 1, 0, 40);
        SpoutTuning tens = chunksOf(10);
        driver = open(source, tens).until(() -> driver.records() == 40);
        List<Emitted> chunks = List.copyOf(driver.emitted);

        driver.ack(chunks.get(3));
        driver.ack(chunks.get(0));
        driver.ack(chunks.get(2));
        driver.close();
        assertThat(kafka.committed(source, 0)).contains(10L);

        driver = open(source, tens).until(() -> driver.records() == 30);
        assertThat(driver.numbers()).isEqualTo(IntStream.range(10, 40).boxed().toList());
        assertThat(driver.emitted.get(0).ranges()).containsExactly(new OffsetRange(0, 10, 20, false));
        assertThat(driver.emitted.get(0).chunk().header().floors()).containsExactly(new Floor(0, 10));
    }

    @Test
    void a_spout_that_was_killed_is_followed_by_one_that_starts_at_its_last_commit() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        kafka.produce(source, 1, 0, 40);
        driver = open(source, chunksOf(10)).until(() -> driver.records() == 40);
        driver.ack(driver.emitted.get(0));
        await().atMost(SpoutDriver.PATIENCE)
                .until(() -> kafka.committed(source, 0).equals(Optional.of(10L))); // each second

        try (SpoutDriver next = new SpoutDriver(spout(source, chunksOf(10)))) {
            next.until(() -> next.records() == 30);
            assertThat(next.numbers()).isEqualTo(IntStream.range(10, 40).boxed().toList());
        }
    }

    @Test
    void a_failed_chunk_is_emitted_again_unchanged_before_anything_new() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        kafka.produce(source, 1, 0, 20);
        driver = open(source, chunksOf(10)).until(() -> driver.records() == 20);
        Emitted lost = driver.emitted.get(0);
        kafka.produce(source, 1, 20, 30);

        driver.lose(lost);
        driver.until(() -> driver.records() == 40); // the new ones may come in several chunks

        Emitted again = driver.emitted.get(2);
        assertThat(again.ranges()).isEqualTo(lost.ranges());
        assertThat(again.chunk().items()).isEqualTo(lost.chunk().items());
        driver.ackAll();
        driver.close();
        assertThat(kafka.committed(source, 0)).contains(30L);
    }

    @Test
    void no_more_than_max_spout_pending_chunks_are_in_flight() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        kafka.produce(source, 1, 0, 100);
        SpoutTuning two = new SpoutTuning(Set.of("redis"), 2, 10, 1 << 20, 32 << 20, Duration.ofSeconds(1));

        driver = open(source, two).until(() -> driver.emitted.size() == 2);
        driver.during(Duration.ofMillis(300));
        assertThat(driver.emitted).hasSize(2);
        assertThat(driver.gauge("spout-in-flight")).isEqualTo(2);

        driver.ack(driver.emitted.get(1));
        driver.until(() -> driver.emitted.size() == 3).during(Duration.ofMillis(100));
        assertThat(driver.emitted).hasSize(3);
    }

    @Test
    void reading_pauses_when_the_buffer_is_full_and_loses_nothing() throws Exception {
        SourceConfig source = kafka.newTopic(2);
        KafkaFixture.send(kafka.producer(), source, 2, 0, 10_000, 1_000);
        long limit = 1 << 20;
        SpoutTuning small = new SpoutTuning(Set.of("redis"), 1, 1_000, 1 << 20, limit, Duration.ofSeconds(1));

        driver = open(source, small).until(() -> driver.gauge("spout-buffered-bytes") >= limit);
        driver.during(Duration.ofMillis(500));
        long onePoll = 2_000 * 1_100;
        assertThat(driver.gauge("spout-buffered-bytes")).isLessThan(limit + onePoll);

        KafkaFixture.send(kafka.producer(), source, 2, 10_000, 15_000, 1_000);
        driver.until(() -> driver.gauge("spout-lag") == 15_000); // also of what is not fetched

        driver.ackingUntil(() -> driver.records() >= 15_000);
        assertThat(driver.numbers()).containsExactlyInAnyOrderElementsOf(numbers(15_000));
    }

    @Test
    void ranges_cover_aborted_records_and_transaction_markers() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        try (Producer<byte[], byte[]> producer = kafka.transactional("t")) {
            transaction(producer, source, 0, 10, true);
            transaction(producer, source, 10, 30, false);
            transaction(producer, source, 30, 40, true);
            transaction(producer, source, 40, 50, false);
        }
        long end = 50 + 4; // a marker ends each transaction

        driver = open(source, TUNING).ackingUntil(() -> driver.tiledFrom(0, 0) == end);

        assertThat(driver.numbers())
                .isEqualTo(IntStream.concat(IntStream.range(0, 10), IntStream.range(30, 40))
                        .boxed()
                        .toList());
        driver.close();
        assertThat(kafka.committed(source, 0)).contains(end);
    }

    @Test
    void an_open_transaction_holds_back_what_follows_it() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        try (Producer<byte[], byte[]> producer = kafka.transactional("open")) {
            producer.beginTransaction();
            producer.send(KafkaFixture.record(source, 0, 0, 0)).get();
            kafka.produce(source, 1, 1, 2);
            driver = open(source, TUNING).during(Duration.ofMillis(500));
            assertThat(driver.records()).isZero();
            producer.commitTransaction();
        }
        driver.ackingUntil(() -> driver.records() == 2);
        assertThat(driver.numbers()).containsExactly(0, 1);
    }

    @Test
    void chunks_that_were_lost_just_before_it_is_deactivated_come_again_and_it_drains() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        kafka.produce(source, 1, 0, 30);
        driver = open(source, chunksOf(10)).until(() -> driver.records() == 30);

        driver.lose(driver.emitted.get(0));
        driver.lose(driver.emitted.get(1));
        driver.deactivate();
        driver.ackAll();

        driver.until(() -> driver.gauge("spout-drained") == 1);
        assertThat(driver.numbers().subList(30, 50))
                .isEqualTo(IntStream.range(0, 20).boxed().toList());
        await().atMost(SpoutDriver.PATIENCE)
                .until(() -> kafka.committed(source, 0).equals(Optional.of(30L)));
    }

    @Test
    void when_deactivated_it_drains_and_commits() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        kafka.produce(source, 1, 0, 20);
        driver = open(source, chunksOf(10)).until(() -> driver.records() == 20);

        driver.deactivate();
        kafka.produce(source, 1, 20, 30);
        driver.ack(driver.emitted.get(0));
        assertThat(driver.emitted).hasSize(2);
        driver.lose(driver.emitted.get(1)); // Storm asks for no tuple now, still it must come again
        assertThat(driver.emitted).hasSize(3);
        assertThat(driver.emitted.get(2).ranges())
                .isEqualTo(driver.emitted.get(1).ranges());
        driver.ack(driver.emitted.get(2));

        Emitted last = driver.emitted.get(3);
        assertThat(last.chunk().header().drain()).isTrue();
        assertThat(last.chunk().items()).isEmpty();
        assertThat(last.chunk().header().floors()).containsExactly(new Floor(0, 20));
        driver.ack(last);
        assertThat(driver.emitted).hasSize(4);
        await().atMost(SpoutDriver.PATIENCE)
                .until(() -> kafka.committed(source, 0).equals(Optional.of(20L)));

        driver.activate();
        driver.until(() -> driver.records() == 40);
        assertThat(driver.numbers().subList(30, 40))
                .isEqualTo(IntStream.range(20, 30).boxed().toList());
    }

    @Test
    void a_broker_outage_is_never_thrown_and_loses_nothing() throws Exception {
        SourceConfig source = kafka.newTopic(2);
        kafka.produce(source, 2, 0, 100);
        driver = open(source, chunksOf(10)).ackingUntil(() -> driver.records() == 100);

        int port = kafka.stop();
        driver.during(Duration.ofSeconds(3));
        kafka.start(port);
        kafka.produce(source, 2, 100, 200);
        driver.ackingUntil(() -> driver.records() >= 200);

        assertThat(driver.numbers()).containsExactlyInAnyOrderElementsOf(numbers(200));
        driver.close();
        assertThat(kafka.committed(source, 0)).contains(100L);
        assertThat(kafka.committed(source, 1)).contains(100L);
    }

    @Test
    void a_start_without_a_broker_waits_for_it() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        kafka.produce(source, 1, 0, 10);
        int port = kafka.stop();

        driver = open(source, TUNING).until(() -> driver.counter("spout-rebuilds") > 0);
        assertThat(driver.emitted).isEmpty();
        kafka.start(port);

        driver.until(() -> driver.records() == 10);
    }

    private SpoutDriver open(SourceConfig source, SpoutTuning tuning) {
        driver = new SpoutDriver(spout(source, tuning));
        return driver;
    }

    private static OfferSpout spout(SourceConfig source, SpoutTuning tuning) {
        return new OfferSpout(source, tuning, Map.of(), null);
    }

    private static SpoutTuning chunksOf(int records) {
        return new SpoutTuning(Set.of("redis"), 16, records, 1 << 20, 32 << 20, Duration.ofSeconds(1));
    }

    private static void transaction(
            Producer<byte[], byte[]> producer, SourceConfig source, int from, int next, boolean commit)
            throws Exception {
        producer.beginTransaction();
        KafkaFixture.send(producer, source, 1, from, next, 0);
        if (commit) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
