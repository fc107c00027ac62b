package org.offerstorm.sinks.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.sinks.redis.RedisLive;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/** What is published when the last published change is not in Redis' stream, and when the topic is not as expected. */
final class ChangesDifferenceTest extends ChangesFixture {
    private static final String STREAM = "{test}:changes";

    private int offers;

    @Test
    void changes_of_an_absence_are_published_one_by_one() throws Exception {
        try (Sink sink = publisher()) {
            write(sink, log.upsert("a", TECH).cut());
        }
        count(log.upsert("b", TECH).upsert("c", RETAIL).cut());
        count(log.delete("a").cut());

        publish(publisher(), log.drain());

        assertThat(isRedisTable().records)
                .extracting(record -> record.cell().key() + record.delta() + "=" + record.count())
                .containsExactly("Tech|EU1=1", "Retail|AS1=1", "Tech|EU1=2", "Tech|EU-1=1");
    }

    @Test
    void after_an_absence_that_redis_does_not_remember_the_difference_is_published() throws Exception {
        Sink sink = publisher();
        write(sink, log.upsert("a", TECH).upsert("b", TECH).upsert("c", RETAIL).cut());
        sink.close();
        for (int i = 0; i < 20; i++) {
            count(log.upsert("d" + i, TECH)
                    .upsert("e", i % 2 == 0 ? TECH : RETAIL)
                    .cut());
        }
        count(log.delete("c").delete("e").cut());
        trim();

        publish(publisher(), log.drain());

        assertThat(isRedisTable().records.subList(2, 4))
                .extracting(record -> record.cell().key() + record.delta() + "=" + record.count())
                .containsExactly("Retail|AS-1=0", "Tech|EU20=22");
    }

    @Test
    void a_publisher_that_lives_publishes_the_difference_too() throws Exception {
        Sink sink = publisher();
        write(sink, log.upsert("a", TECH).cut());
        count(log.upsert("b", RETAIL).cut());
        count(log.upsert("c", RETAIL).cut());
        trim();

        publish(sink, log.drain());

        assertThat(isRedisTable().records).hasSize(2);
        assertThat(published().position().floors()).isEqualTo(Map.of(0, 1L, 1, 2L));
    }

    @Test
    void a_redis_that_was_emptied_is_not_seen_by_consumers() throws Exception {
        List<Chunk<Change>> chunks = load(30);
        Sink sink = publisher();
        for (Chunk<Change> chunk : chunks) {
            write(sink, chunk);
        }
        int before = isRedisTable().records.size();
        try (Jedis jedis = REDIS.client()) {
            jedis.flushAll();
        }

        refill(sink, chunks, before);
    }

    @Test
    void a_publisher_that_starts_while_redis_is_filled_again_waits_for_it() throws Exception {
        List<Chunk<Change>> chunks = load(30);
        try (Sink sink = publisher()) {
            for (Chunk<Change> chunk : chunks) {
                write(sink, chunk);
            }
        }
        int before = isRedisTable().records.size();
        try (Jedis jedis = REDIS.client()) {
            jedis.flushAll();
        }

        refill(publisher(), chunks, before);
    }

    @Test
    void an_older_copy_of_redis_is_not_seen_by_consumers() throws Exception {
        List<Chunk<Change>> chunks = load(30);
        Sink sink = publisher();
        for (Chunk<Change> chunk : chunks.subList(0, 10)) {
            write(sink, chunk);
        }
        Map<String, byte[]> copy = copy();
        for (Chunk<Change> chunk : chunks.subList(10, 30)) {
            write(sink, chunk);
        }
        int before = isRedisTable().records.size();
        restore(copy);

        refill(sink, chunks.subList(10, 30), before);
    }

    /** What was counted ahead of a gap is published, and must not vanish while the gap is read again. */
    @Test
    void what_was_counted_ahead_does_not_vanish_meanwhile() throws Exception {
        Chunk<Change> first = log.upsert("a", TECH).upsert("b", TECH).cut();
        Chunk<Change> gap = log.upsert("a2", TECH).upsert("b2", TECH).cut();
        Chunk<Change> ahead = log.upsert("a3", RETAIL).upsert("b3", RETAIL).cut();
        Sink sink = publisher();
        write(sink, first);
        write(sink, ahead);
        int before = isRedisTable().records.size();
        try (Jedis jedis = REDIS.client()) {
            jedis.flushAll();
        }
        write(sink, first);
        write(sink, gap);
        assertThat(published().records).hasSize(before);

        write(sink, ahead);

        isRedisTable();
        assertThat(published().records).hasSize(before + 1);
    }

    private void refill(Sink sink, List<Chunk<Change>> chunks, int before) throws Exception {
        for (Chunk<Change> chunk : chunks.subList(0, chunks.size() - 1)) {
            count(chunk);
            assertThat(publish(sink, chunk)).isEmpty(); // holding it would stop what fills Redis
            sink.tick();
        }
        assertThat(published().records).hasSize(before);

        write(sink, chunks.get(chunks.size() - 1));

        assertThat(isRedisTable().records).hasSize(before); // the same table as before
        write(sink, log.upsert("new", TECH).cut());
        assertThat(isRedisTable().records).hasSize(before + 1);
    }

    @Test
    void a_difference_of_very_many_cells_survives_a_crash_in_its_middle() throws Exception {
        int cells = ChangesTopic.TRANSACTION + 1_000;
        for (int from = 0; from < cells; from += 1_000) {
            count(manyCells(from, 1_000));
        }
        trim();
        AtomicInteger commits = new AtomicInteger();
        ChangesSink sink = publisher(new InterceptedProducer.Calls() {
            @Override
            public void before(String method, Producer<byte[], byte[]> producer) {
                if (method.equals("commitTransaction") && commits.incrementAndGet() == 2) {
                    throw new TimeoutException("struck");
                }
            }
        });

        assertThat(publish(sink, log.drain())).anyMatch(problem -> problem.contains("struck"));

        PublishedChanges published = isRedisTable();
        assertThat(published.records).hasSize(cells);
        assertThat(published.positions).hasSizeGreaterThan(1);
        int last = published.positions.size() - 1;
        assertThat(published.positions.subList(0, last))
                .allSatisfy(position -> assertThat(position.redis()).isEqualTo(RedisLive.START));
        assertThat(published.position().redis()).isNotEqualTo(RedisLive.START);
    }

    @Test
    void seventy_thousand_changes_at_once_are_a_few_transactions() throws Exception {
        Sink sink = publisher();
        write(sink, log.upsert("a", TECH).cut());
        for (int i = 0; i < 35; i++) {
            count(manyCells(i % 2 * 500, 2_000)); // more cells than one entry of Redis' stream has
        }

        publish(sink, log.drain());

        PublishedChanges published = isRedisTable();
        assertThat(published.records).hasSize(70_001);
        assertThat(published.positions.size()).isLessThan(30);
        assertThat(published.positions)
                .allSatisfy(position -> assertThat(position.group()).isEqualTo(group()));
    }

    @Test
    void a_sink_that_is_added_to_a_stream_publishes_its_table_without_a_chunk() throws Exception {
        count(load(30));
        trim();
        ChangesSink sink = publisher();

        tickUntilPublished(sink);

        isRedisTable();
    }

    @Test
    void categories_may_be_anything() throws Exception {
        List<String> hostile = List.of(
                "a\"b",
                "a\\b",
                "|",
                "a|b|EU",
                "{}",
                "null",
                "at",
                "new",
                "\u0001\u001f",
                "日本語",
                "🦖🚀",
                "\u202Egnp.exe",
                "</script>",
                "=1+1",
                "x".repeat(500),
                "\u2028",
                "e\u0301");
        Sink sink = publisher();
        for (int i = 0; i < hostile.size(); i++) {
            log.upsert("o" + i, Cell.of(hostile.get(i), Continent.UNKNOWN));
        }
        write(sink, log.cut());
        sink.close();
        for (int i = 0; i < hostile.size(); i++) {
            log.upsert("p" + i, Cell.of(hostile.get(i), Continent.UNKNOWN));
        }
        write(publisher(), log.cut());

        assertThat(isRedisTable().newest()).hasSize(hostile.size()).allSatisfy((cell, count) -> assertThat(count)
                .isEqualTo(2));
    }

    @Test
    void a_topic_of_another_group_is_left_alone() throws Exception {
        write(publisher(), log.upsert("a", TECH).cut());
        ChangesSink other = new ChangesSink(
                config,
                kafka.servers(),
                REDIS.config(),
                "another",
                InstantSource.system(),
                new ChangesTopic(config, kafka.servers(), "another"));
        opened.add(other);

        assertThat(refused(other, log.drain())).contains("group " + group(), "not of another", "changes.topic");

        assertThat(isRedisTable().records).hasSize(1);
    }

    /** Both find it empty; whoever commits second must see it. */
    @Test
    void of_two_groups_that_begin_in_one_topic_at_once_one_publishes() throws Exception {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        Chunk<Change> chunk = log.upsert("a", TECH).upsert("b", RETAIL).cut();
        count(chunk);
        ChangesSink other = new ChangesSink(
                config,
                kafka.servers(),
                REDIS.config(),
                "another",
                InstantSource.system(),
                new ChangesTopic(config, kafka.servers(), "another"));
        opened.add(other);
        ChangesSink sink = publisher(new InterceptedProducer.Calls() {
            @Override
            public void before(String method, Producer<byte[], byte[]> producer) throws Exception {
                if (method.equals("beginTransaction") && isFirst.getAndSet(false)) {
                    publish(other, chunk);
                }
            }
        });

        String said = refused(sink, chunk);
        while (!said.contains("group another")) {
            said = refused(sink, chunk);
        }

        assertThat(isRedisTable().records).hasSize(2);
    }

    /** Consumers of the new one have the whole table, from seq 1 on. */
    @Test
    void a_topic_that_was_created_again_gets_the_whole_table() throws Exception {
        ChangesSink sink = publisher();
        write(sink, log.upsert("a", TECH).upsert("b", RETAIL).cut());
        write(sink, log.upsert("c", TECH).cut());
        kafka.admin().deleteTopics(List.of(config.topic())).all().get();
        await(() -> !kafka.admin().listTopics().names().get().contains(config.topic()));
        await(() -> new ChangesSetup(config, kafka.servers()).make());

        write(sink, log.upsert("d", TECH).cut());

        assertThat(isRedisTable().newest()).isEqualTo(Map.of(TECH.key(), 3L, RETAIL.key(), 1L));
    }

    /** Its clock goes behind that of the one before: a new entry may have the id of a lost one. */
    @Test
    void an_older_copy_of_redis_whose_new_change_has_the_id_of_a_published_one_is_not_taken_for_it() throws Exception {
        ChangesSink sink = publisher();
        write(sink, log.upsert("a", TECH).cut());
        Map<String, byte[]> copy = copy();
        Chunk<Change> lost = log.upsert("b", RETAIL).cut();
        write(sink, lost);
        int before = isRedisTable().records.size();
        restore(copy);
        try (Jedis jedis = REDIS.client()) {
            jedis.xadd(
                    STREAM,
                    new StreamEntryID(published().position().redis().toString()),
                    Map.of("at", "1", "new", "0", "corrected", "1", "deleted", "0"));
        }

        publish(sink, lost);
        write(sink, lost);

        assertThat(isRedisTable().records).hasSize(before);
        write(sink, log.upsert("c", TECH).cut());
        isRedisTable();
    }

    @Test
    void a_topic_that_will_not_do_is_left_alone() throws Exception {
        count(log.upsert("a", TECH).cut());
        String missing = config.topic() + "-missing";
        config = new ChangesConfig(missing, kafka.servers(), Map.of(), Duration.ofSeconds(5));
        assertThat(refused(publisher(), log.drain())).contains(missing, "does not exist", "setup");

        kafka.create(missing, 2);
        assertThat(refused(publisher(), log.drain())).contains("2 partitions", "changes.topic");

        String foreign = missing + "-foreign";
        kafka.create(foreign, 1);
        junk(foreign);
        config = new ChangesConfig(foreign, kafka.servers(), Map.of(), Duration.ofSeconds(5));
        assertThat(refused(publisher(), log.drain())).contains(foreign, "not of Offerstorm", "changes.topic");
    }

    @Test
    void records_of_others_at_the_end_are_passed_over() throws Exception {
        Sink sink = publisher();
        write(sink, log.upsert("a", TECH).cut());
        junk(config.topic());
        write(sink, log.upsert("b", TECH).cut());
        junk(config.topic());
        write(publisher(), log.upsert("c", TECH).cut());
        sink.close();
        write(publisher(), log.upsert("d", TECH).cut());

        try (ChangesTopic topic = new ChangesTopic(config, kafka.servers(), group());
                CommittedChanges committed = new CommittedChanges(config, kafka.servers())) {
            topic.open();
            CommittedChanges.Last last = committed.last(System.nanoTime() + PATIENCE.toNanos());
            assertThat(last.seq()).isEqualTo(4);
            Map<Cell, Long> table = new HashMap<>();
            assertThat(committed.readTable(table, System.nanoTime() + PATIENCE.toNanos()))
                    .isTrue();
            assertThat(table).isEqualTo(Map.of(TECH, 4L));
        }
    }

    @Test
    void a_table_that_was_changed_by_hand_is_published_as_a_difference() throws Exception {
        Sink sink = publisher();
        write(sink, log.upsert("a", TECH).upsert("b", RETAIL).cut());
        sink.close();
        try (Jedis jedis = REDIS.client()) {
            jedis.hset("{test}:counts", TECH.key(), "7");
        }

        write(publisher(), log.upsert("c", RETAIL).cut());

        assertThat(isRedisTable().newest()).containsEntry(TECH.key(), 7L);
    }

    @Test
    void a_record_says_when_its_offers_came_or_when_redis_counted_them() throws Exception {
        Sink sink = publisher();
        write(sink, log.timestamp(1_700_000_000_123L).upsert("a", TECH).cut());
        write(sink, log.timestamp(-1).upsert("b", TECH).cut());
        write(sink, log.timestamp(Long.MAX_VALUE / 2).upsert("c", TECH).cut());

        List<ChangeRecord> records = isRedisTable().records;

        assertThat(new String(records.get(0).value(), StandardCharsets.UTF_8))
                .isEqualTo("{\"action\":\"increment\",\"by\":1,\"category\":\"Tech\",\"continent\":\"EU\",\"count\":1,"
                        + "\"at\":\"2023-11-14T22:13:20.123Z\",\"seq\":1}");
        assertThat(records.subList(1, 3))
                .allSatisfy(record -> assertThat(Duration.between(record.at(), java.time.Instant.now()))
                        .isBetween(Duration.ZERO, Duration.ofMinutes(5)));
    }

    @Test
    void values_that_are_no_changes_are_refused_with_the_reason() {
        Map<String, String> wrong = Map.of(
                "[]",
                "not a JSON object",
                "{",
                "not JSON",
                "{\"action\":\"increment\"}",
                "1 of the 7 fields",
                "{\"action\":\"up\",\"by\":1,\"category\":\"c\",\"continent\":\"EU\",\"count\":1,\"at\":\"2023-11-14T22:13:20.123Z\",\"seq\":1}",
                "neither increment nor decrement",
                "{\"action\":\"increment\",\"by\":0,\"category\":\"c\",\"continent\":\"EU\",\"count\":1,\"at\":\"2023-11-14T22:13:20.123Z\",\"seq\":1}",
                "by is not",
                "{\"action\":\"increment\",\"by\":1,\"category\":\"c\",\"continent\":\"XX\",\"count\":1,\"at\":\"2023-11-14T22:13:20.123Z\",\"seq\":1}",
                "continent",
                "{\"action\":\"increment\",\"by\":1,\"by\":1,\"category\":\"c\",\"continent\":\"EU\",\"count\":1,\"at\":\"2023-11-14T22:13:20.123Z\",\"seq\":1}",
                "not JSON");
        wrong.forEach(
                (text, reason) -> assertThatThrownBy(() -> ChangeRecord.parse(text.getBytes(StandardCharsets.UTF_8)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(reason));
        assertThatThrownBy(() -> ChangeRecord.parse(null)).hasMessageContaining("no value");
    }

    @SuppressWarnings("ThreadSleep")
    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    @SuppressWarnings("ThreadSleep")
    private void tickUntilPublished(ChangesSink sink) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (published().records.isEmpty() && System.nanoTime() < deadline) {
            sink.tick();
            Thread.sleep(100);
        }
    }

    /** Offers come, move and go. */
    private List<Chunk<Change>> load(int count) {
        List<Chunk<Change>> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            log.upsert("a" + i, TECH)
                    .upsert("b" + i % 7, i % 2 == 0 ? TECH : RETAIL)
                    .delete("a" + (i - 3));
            log.upsert("c" + i % 5, RETAIL);
            chunks.add(log.cut());
        }
        return chunks;
    }

    /** A new offer in each of so many cells. */
    private Chunk<Change> manyCells(int from, int count) {
        for (int i = from; i < from + count; i++) {
            log.upsert("offer " + offers++, Cell.of("Category " + i, Continent.EU));
        }
        return log.cut();
    }

    private static void trim() {
        try (Jedis jedis = REDIS.client()) {
            jedis.xtrim(STREAM, 1, false);
        }
    }

    private static Map<String, byte[]> copy() {
        Map<String, byte[]> copy = new HashMap<>();
        try (Jedis jedis = REDIS.client()) {
            jedis.keys("*").forEach(key -> copy.put(key, jedis.dump(key)));
        }
        return copy;
    }

    private static void restore(Map<String, byte[]> copy) {
        try (Jedis jedis = REDIS.client()) {
            jedis.flushAll();
            copy.forEach((key, value) -> jedis.restore(key, 0, value));
        }
    }

    private static void junk(String topic) throws Exception {
        kafka.producer()
                .send(new ProducerRecord<>(topic, null, "junk".getBytes(StandardCharsets.UTF_8)))
                .get();
    }
}
