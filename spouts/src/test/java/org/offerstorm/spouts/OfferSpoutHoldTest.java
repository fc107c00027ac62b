package org.offerstorm.spouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.CoverageReader;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.DeadLetters;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.local.servers.testing.KafkaFixture;
import org.offerstorm.spouts.SpoutDriver.Emitted;

/** The spout against a real broker when log, commits and counters do not agree. */
class OfferSpoutHoldTest {
    private static final SpoutTuning TUNING = tuning("redis");

    @TempDir
    static Path directory;

    private static KafkaFixture kafka;

    // The spout's factories travel serialized, so they reach these as statics.
    private static Counters counters;
    private static Letters letters;

    private final List<SpoutDriver> drivers = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        kafka = new KafkaFixture(directory);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @BeforeEach
    void forget() {
        counters = new Counters();
        letters = new Letters();
    }

    @AfterEach
    void closeSpouts() {
        drivers.forEach(SpoutDriver::close);
    }

    @Test
    void counters_that_lost_acked_records_are_fed_again_from_the_log() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        kafka.produce(source, 1, 0, 40);
        SpoutDriver driver = counted(source);

        counters.floors.put(0, 15L);
        driver.ackingUntil(() -> driver.records() == 40 + 25);

        assertThat(driver.numbers().subList(40, 65))
                .isEqualTo(IntStream.range(15, 40).boxed().toList());
        driver.ackAll();
        assertThat(driver.counter("spout-rewinds")).isEqualTo(1);
        assertThat(counters.floors).containsEntry(0, 40L);
        await().atMost(SpoutDriver.PATIENCE)
                .until(() -> kafka.committed(source, 0).equals(Optional.of(40L)));
    }

    @Test
    void what_is_acked_while_the_coverage_is_read_is_not_taken_for_lost() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        kafka.produce(source, 1, 0, 40);
        SpoutDriver driver = open(source, TUNING);
        driver.until(() -> driver.records() == 40);
        counters.delayed = new CountDownLatch(1);
        counters.asked.await(); // as it is before the acks
        driver.ackAll();
        driver.until(() -> driver.gauge("spout-floor") == 40);
        counters.answers.set(0);
        counters.delayed.countDown(); // and answered after them
        driver.until(() -> counters.answers.get() > 2);

        assertThat(driver.counter("spout-rewinds")).isZero();
        assertThat(driver.records()).isEqualTo(40);
    }

    @Test
    void counters_that_lost_everything_are_fed_from_the_start_of_the_log() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        kafka.produce(source, 1, 0, 40);
        SpoutDriver driver = counted(source);
        driver.close();

        counters.floors.clear();
        SpoutDriver next = open(source, TUNING);
        next.ackingUntil(() -> next.records() == 40);

        assertThat(next.emitted.get(0).ranges().get(0)).isEqualTo(new OffsetRange(0, 0, 10, true));
        assertThat(counters.floors).containsEntry(0, 40L);
    }

    @Test
    void acks_of_what_was_emitted_before_the_counters_lost_records_do_not_count() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        kafka.produce(source, 1, 0, 20);
        SpoutDriver driver = open(source, TUNING);
        driver.until(() -> driver.records() == 20);
        driver.ack(driver.emitted.get(0));
        counters.floors.put(0, 0L);
        driver.until(() -> driver.records() == 40);

        driver.ack(driver.emitted.get(1)); // [10,20) as it was emitted first
        driver.ack(driver.emitted.get(2)); // [0,10) again
        driver.close();

        assertThat(kafka.committed(source, 0)).contains(10L);
    }

    @Test
    void what_the_counters_lost_and_the_log_dropped_holds() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        kafka.produce(source, 1, 0, 40);
        SpoutDriver driver = counted(source);
        kafka.deleteRecordsBelow(source, 0, 30);

        counters.floors.put(0, 15L);
        holds(driver, "log begins at 30");
        counters.floors.put(0, 40L); // restored from a backup
        kafka.produce(source, 1, 40, 50);
        driver.ackingUntil(() -> driver.records() >= 50);
        assertThat(driver.spout().hold()).isEmpty();
    }

    @Test
    void counters_that_cannot_be_asked_hold_nothing() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        counters.broken = true;
        kafka.produce(source, 1, 0, 40);

        SpoutDriver driver = open(source, TUNING);
        driver.ackingUntil(() -> driver.records() == 40);
    }

    @Test
    void records_that_the_log_dropped_before_they_were_read_are_reported_once_as_a_gap() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        kafka.produce(source, 1, 0, 20);
        counted(source, 20).close();
        kafka.produce(source, 1, 20, 60);
        kafka.deleteRecordsBelow(source, 0, 50);
        letters.broken = true;

        SpoutDriver driver = open(source, TUNING).during(Duration.ofMillis(500));
        assertThat(driver.emitted).isEmpty();
        letters.broken = false;
        driver.ackingUntil(() -> driver.tiledFrom(0, 20) == 60);

        assertThat(driver.numbers()).isEqualTo(IntStream.range(50, 60).boxed().toList());
        assertThat(letters.written).singleElement().satisfies(letter -> {
            assertThat(letter.letterKey()).isEqualTo("1/" + source.topic() + "/0/20");
            assertThat(letter.stage()).isEqualTo("spout");
            assertThat(letter.reason()).isEqualTo("gap");
            assertThat(letter.detail()).contains("[20,50)");
        });
        assertThat(driver.counter("spout-gaps")).isEqualTo(1);
    }

    @Test
    void a_topic_created_again_holds() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        kafka.produce(source, 1, 0, 40);
        SpoutDriver driver = counted(source);

        kafka.recreate(source.topic(), 1);
        holds(driver, source.topic());
        kafka.produce(source, 1, 0, 100);
        await().atMost(SpoutDriver.PATIENCE).until(() -> driver.spout()
                .hold()
                .filter(hold -> hold.contains("was recreated"))
                .isPresent());
        int before = driver.emitted.size();
        driver.during(Duration.ofMillis(500));
        assertThat(driver.emitted).hasSize(before);
        assertThat(driver.reported).isNotEmpty();
    }

    @Test
    void added_partitions_hold() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        kafka.produce(source, 1, 0, 40);
        SpoutDriver driver = counted(source);

        kafka.addPartitions(source.topic(), 3);
        holds(driver, "has 3 partitions, it had 1");
        kafka.produce(source, 3, 40, 100);
        driver.close();

        SpoutDriver next = open(source, TUNING);
        holds(next, "has 3 partitions, it had 1");
        assertThat(next.emitted).isEmpty();
    }

    @Test
    void a_missing_topic_holds_until_it_is_there() throws Exception {
        SourceConfig source = new SourceConfig(kafka.servers(), "offers-late", "late", 1, Map.of());
        SpoutDriver driver = open(source, TUNING);

        holds(driver, "does not exist");
        kafka.create(source.topic(), 1);
        kafka.produce(source, 1, 0, 10);
        driver.ackingUntil(() -> driver.records() == 10);
        assertThat(driver.spout().hold()).isEmpty();
    }

    @Test
    void an_added_sink_holds() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        kafka.produce(source, 1, 0, 40);
        counted(source).close();

        holds(open(source, tuning("redis", "solr")), "sink solr was added");
    }

    @Test
    void an_operators_reset_forwards_holds_and_backwards_is_obeyed() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        kafka.produce(source, 1, 0, 20);
        counted(source, 20).close();
        kafka.produce(source, 1, 20, 40);

        kafka.resetOffset(source, 0, 30);
        SpoutDriver driver = open(source, TUNING);
        holds(driver, "skips the records from 20");
        kafka.resetOffset(source, 0, 5);
        driver.ackingUntil(() -> driver.tiledFrom(0, 5) == 40);
    }

    @Test
    void counters_lost_after_a_group_was_set_back_hold_if_the_log_lacks_older_records() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        kafka.produce(source, 1, 0, 40);
        counted(source).close();
        kafka.deleteRecordsBelow(source, 0, 30);
        kafka.resetOffset(source, 0, 30);
        SpoutDriver driver = open(source, TUNING);
        driver.ackingUntil(() -> driver.tiledFrom(0, 30) == 40);

        Map<Integer, Long> backup = Map.copyOf(counters.floors);
        counters.floors.clear();
        holds(driver, "records from before offset 30 were stored");
        driver.close();
        SpoutDriver again = open(source, TUNING);
        holds(again, "records from before offset 30 were stored");
        assertThat(again.emitted).isEmpty();

        counters.floors.putAll(backup);
        kafka.produce(source, 1, 40, 50);
        again.ackingUntil(() -> counters.floors.get(0) == 50);
        again.close();
        counters.floors.clear();
        kafka.resetOffset(source, 0, 30); // what the hold names as the last way
        SpoutDriver afresh = open(source, TUNING);
        afresh.ackingUntil(() -> afresh.tiledFrom(0, 30) == 50);
        assertThat(counters.floors).containsEntry(0, 50L);
    }

    @Test
    void a_spout_that_should_not_be_there_any_more_takes_no_commit_back() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        kafka.produce(source, 1, 0, 20);
        SpoutDriver zombie = open(source, TUNING);
        zombie.until(() -> zombie.records() == 20);
        zombie.ack(zombie.emitted.get(0));
        await().atMost(SpoutDriver.PATIENCE)
                .until(() -> kafka.committed(source, 0).equals(Optional.of(10L)));
        kafka.produce(source, 1, 20, 40);
        counted(source);

        zombie.ackAll(); // late acks move its floor to 20
        zombie.until(() -> zombie.gauge("spout-floor") == 20).during(Duration.ofMillis(600));
        assertThat(kafka.committed(source, 0)).contains(40L);
        zombie.close(); // and this is its last commit
        assertThat(kafka.committed(source, 0)).contains(40L);
    }

    @Test
    void more_tasks_than_partitions_hold_the_spare_one() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        SpoutDriver driver = new SpoutDriver(spout(source, TUNING), 1, 2);
        drivers.add(driver);

        holds(driver, "lower topology.spout-tasks");
    }

    /** Reads everything, acked and counted. */
    private SpoutDriver counted(SourceConfig source) throws Exception {
        return counted(source, 40);
    }

    private SpoutDriver counted(SourceConfig source, long end) throws Exception {
        SpoutDriver driver = open(source, TUNING);
        driver.ackingUntil(() -> driver.gauge("spout-floor") >= end);
        await().atMost(SpoutDriver.PATIENCE)
                .until(() ->
                        kafka.committed(source, 0).filter(floor -> floor >= end).isPresent());
        return driver;
    }

    private static void holds(SpoutDriver driver, String message) {
        driver.until(() ->
                driver.spout().hold().filter(hold -> hold.contains(message)).isPresent());
        int before = driver.emitted.size();
        driver.until(() -> driver.gauge("spout-holding") == 1).during(Duration.ofMillis(100));
        assertThat(driver.emitted).hasSize(before);
        assertThat(driver.reported).isNotEmpty();
    }

    private SpoutDriver open(SourceConfig source, SpoutTuning tuning) {
        SpoutDriver driver = new SpoutDriver(spout(source, tuning));
        driver.beforeAck = counters::count;
        drivers.add(driver);
        return driver;
    }

    private static OfferSpout spout(SourceConfig source, SpoutTuning tuning) {
        return new OfferSpout(source, tuning, Map.of("Redis", () -> counters), () -> letters);
    }

    private static SpoutTuning tuning(String... sinks) {
        return new SpoutTuning(Set.of(sinks), 16, 10, 1 << 20, 32 << 20, Duration.ofMillis(200));
    }

    /** Coverage as Redis keeps it, which a test may take away. */
    private static final class Counters implements CoverageReader {
        final Map<Integer, Long> floors = new ConcurrentHashMap<>();
        volatile boolean broken;
        /** If set, an answer is made, and given when this is open. */
        volatile CountDownLatch delayed;

        final CountDownLatch asked = new CountDownLatch(1);
        final AtomicInteger answers = new AtomicInteger();
        private final List<OffsetRange> parked = new ArrayList<>();

        void count(Emitted chunk) {
            parked.addAll(chunk.ranges());
            while (parked.removeIf(this::counted)) {}
        }

        private boolean counted(OffsetRange range) {
            Long floor = floors.get(range.partition());
            if (floor == null && range.logStart()) {
                floor = range.from();
            }
            if (floor == null || range.from() > floor) {
                return false;
            }
            floors.put(range.partition(), Math.max(floor, range.next()));
            return true;
        }

        @Override
        public Map<Integer, Long> coverage(Source source) throws IOException {
            if (broken) {
                throw new IOException("no connection");
            }
            Map<Integer, Long> answer = Map.copyOf(floors);
            CountDownLatch open = delayed;
            if (open != null) {
                asked.countDown();
                try {
                    open.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            answers.incrementAndGet();
            return answer;
        }

        @Override
        public void close() {}
    }

    private static final class Letters implements DeadLetters {
        final List<DeadLetter> written = new CopyOnWriteArrayList<>();
        volatile boolean broken;

        @Override
        public WriteResult write(List<DeadLetter> letters) {
            if (broken) {
                return new WriteResult.Retryable("no connection", null);
            }
            written.addAll(letters);
            return new WriteResult.Done(letters.size(), 0);
        }

        @Override
        public void close() {}
    }
}
