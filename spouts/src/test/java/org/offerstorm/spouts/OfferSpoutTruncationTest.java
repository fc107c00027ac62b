package org.offerstorm.spouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.CoverageReader;
import org.offerstorm.local.servers.testing.KafkaFixture;

/**
 * A log that lost its tail and was filled again: an offset that was read now names another record. Such a log is never
 * read over in silence. Each test has a separate broker, because it stops it.
 */
class OfferSpoutTruncationTest {
    private static final SpoutTuning TUNING =
            new SpoutTuning(Set.of("redis"), 16, 10, 1 << 20, 32 << 20, Duration.ofMillis(200));

    @TempDir
    Path directory;

    /** What the counters hold; the spout's factory travels serialized, so it reaches this as a static. */
    private static Map<Integer, Long> counted;

    private final List<SpoutDriver> drivers = new ArrayList<>();
    private KafkaFixture kafka;
    private SourceConfig source;

    @BeforeEach
    void start() throws Exception {
        counted = new ConcurrentHashMap<>();
        kafka = new KafkaFixture(directory);
        source = kafka.newTopic(1);
        produce(0, 200);
    }

    @AfterEach
    void stop() {
        drivers.forEach(SpoutDriver::close);
        kafka.close();
    }

    @Test
    void a_running_spout_holds_at_a_log_that_was_cut_and_filled_beyond_its_position() throws Exception {
        SpoutDriver driver = read(200);

        kafka.loseTail(source, 0, 100);
        produce(1_000, 1_300);

        holds(driver, "from offset 100");
        assertThat(driver.numbers()).isEqualTo(numbers(0, 200));
    }

    @Test
    void a_spout_that_starts_later_holds_as_well() throws Exception {
        read(200).close();

        kafka.loseTail(source, 0, 100);
        produce(1_000, 1_300);

        SpoutDriver next = open(source);
        holds(next, "from offset 100");
        assertThat(next.emitted).isEmpty();
        assertThat(StreamStart.of(source, Set.of("redis"), Map.of("Redis", OfferSpoutTruncationTest::counters))
                        .holds())
                .singleElement()
                .asString()
                .contains("from offset 100");
    }

    @Test
    void it_holds_although_the_counters_send_it_back_below_the_cut() throws Exception {
        read(200).close();
        counted.put(0, 50L);

        kafka.loseTail(source, 0, 100);
        produce(1_000, 1_300);

        SpoutDriver next = open(source);
        holds(next, "from offset 100");
        assertThat(next.emitted).isEmpty();
    }

    @Test
    void a_running_spout_holds_although_the_counters_send_it_back_below_the_cut() throws Exception {
        SpoutDriver driver = read(200);

        counted.put(0, 50L);
        kafka.loseTail(source, 0, 100);
        produce(1_000, 1_300);

        holds(driver, "from offset 100");
    }

    /** It was taken back before the cut, and had not read again what it had read once. */
    @Test
    void a_spout_that_the_counters_sent_back_holds_where_the_log_was_cut_before_it_read_on() throws Exception {
        SpoutDriver driver = read(200);
        driver.deactivate(); // reads nothing, and still compares
        driver.ackAll();
        counted.put(0, 50L);
        driver.until(() -> driver.counter("spout-rewinds") == 1);

        kafka.loseTail(source, 0, 100);
        produce(1_000, 1_300);
        driver.activate();

        holds(driver, "from offset 100");
        assertThat(driver.numbers()).doesNotContain(1_000);
    }

    @Test
    void a_tail_that_was_lost_before_it_was_read_is_nobodys_loss() throws Exception {
        read(200).close();
        produce(200, 300);

        kafka.loseTail(source, 0, 250);
        produce(1_000, 1_300);

        SpoutDriver next = open(source);
        next.ackingUntil(() -> next.records() == 350);
        assertThat(next.numbers().subList(0, 50)).isEqualTo(numbers(200, 250));
        assertThat(next.numbers().subList(50, 350)).isEqualTo(numbers(1_000, 1_300));
    }

    @Test
    void brokers_that_restart_and_lose_nothing_hold_nothing() throws Exception {
        SpoutDriver driver = read(200);
        for (int i = 0; i < 3; i++) {
            kafka.start(kafka.stop());
            int next = 200 + 50 * i;
            produce(next, next + 50);
            driver.ackingUntil(() -> driver.records() == next + 50);
        }
        driver.close();

        SpoutDriver next = open(source);
        produce(350, 360);
        next.ackingUntil(() -> next.numbers().contains(359));
        assertThat(next.numbers()).isEqualTo(numbers(350, 360));
    }

    @Test
    void a_log_whose_old_records_were_deleted_is_not_a_cut_one() throws Exception {
        read(200).close();
        kafka.start(kafka.stop());
        produce(200, 300);
        kafka.deleteRecordsBelow(source, 0, 260);

        SpoutDriver next = open(source);
        next.ackingUntil(() -> next.tiledFrom(0, 200) == 300);
        assertThat(next.numbers()).isEqualTo(numbers(260, 300));
    }

    @Test
    void counters_that_are_beyond_the_logs_end_hold() throws Exception {
        counted.put(0, 250L);

        SpoutDriver driver = open(source);
        holds(driver, "ends at offset 200, but records up to 250 are in Redis");
        assertThat(driver.emitted).isEmpty();
    }

    @Test
    void a_raised_epoch_reads_the_log_as_it_is_now() throws Exception {
        read(200).close();
        kafka.loseTail(source, 0, 100);
        produce(1_000, 1_100);
        counted.clear();

        SourceConfig raised = new SourceConfig(
                source.bootstrapServers(), source.topic(), source.group(), source.epoch() + 1, source.properties());
        SpoutDriver next = open(raised);
        next.ackingUntil(() -> next.records() == 200);
        assertThat(next.numbers().subList(0, 100)).isEqualTo(numbers(0, 100));
        assertThat(next.numbers().subList(100, 200)).isEqualTo(numbers(1_000, 1_100));
    }

    /** Reads, acks and commits so many records. */
    private SpoutDriver read(int records) throws Exception {
        SpoutDriver driver = open(source);
        driver.ackingUntil(() -> driver.gauge("spout-floor") >= records);
        await().atMost(SpoutDriver.PATIENCE).until(() -> kafka.committed(source, 0)
                .filter(floor -> floor >= records)
                .isPresent());
        return driver;
    }

    private SpoutDriver open(SourceConfig config) {
        SpoutDriver driver = new SpoutDriver(
                new OfferSpout(config, TUNING, Map.of("Redis", OfferSpoutTruncationTest::counters), null));
        driver.beforeAck =
                chunk -> chunk.ranges().forEach(range -> counted.merge(range.partition(), range.next(), Math::max));
        drivers.add(driver);
        return driver;
    }

    /** Batches of fifty, so that a tail can be cut off at any of them. */
    private void produce(int from, int next) throws Exception {
        for (int i = from; i < next; i += 50) {
            kafka.produce(source, 1, i, Math.min(i + 50, next));
        }
    }

    private static void holds(SpoutDriver driver, String message) {
        driver.until(() ->
                driver.spout().hold().filter(hold -> hold.contains(message)).isPresent());
        driver.until(() -> driver.gauge("spout-holding") == 1);
        int before = driver.emitted.size();
        driver.during(Duration.ofMillis(300));
        assertThat(driver.emitted).hasSize(before);
    }

    private static List<Integer> numbers(int from, int next) {
        return IntStream.range(from, next).boxed().toList();
    }

    private static CoverageReader counters() {
        return new CoverageReader() {
            @Override
            public Map<Integer, Long> coverage(Source asked) throws IOException {
                return Map.copyOf(counted);
            }

            @Override
            public void close() {}
        };
    }
}
