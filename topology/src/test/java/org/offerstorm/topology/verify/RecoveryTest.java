package org.offerstorm.topology.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The whole topology over real servers, after something was lost or set back; {@code verify} judges all stores. */
class RecoveryTest {
    private static final int OFFERS = 300;

    @TempDir
    private static Path temp;

    private static LoadedStores stores;

    @BeforeAll
    static void start() throws Exception {
        stores = new LoadedStores(temp);
    }

    @AfterAll
    static void stop() throws Exception {
        stores.close();
    }

    /** Inserts, a correction and a deletion of every tenth, and bad records, over two partitions. */
    @BeforeEach
    void load() throws Exception {
        stores.begin();
        for (int i = 0; i < OFFERS; i++) {
            stores.send(i % 2, "o" + i, offer(i, "first"));
            if (i % 10 == 0) {
                stores.send(i % 2, "o" + i, offer(i, "second"));
                stores.send(1 - i % 2, "d" + i, null);
                stores.send(i % 2, "o" + i, "{\"id\":\"o" + i + "\",\"name\":7}");
            }
        }
        stores.load();
        assertAgree();
    }

    @Test
    void a_group_that_an_operator_sets_back_doubles_nothing() throws Exception {
        try (Admin admin = stores.admin()) {
            admin.alterConsumerGroupOffsets(
                            stores.config().source().group(),
                            Map.of(partition(0), new OffsetAndMetadata(0), partition(1), new OffsetAndMetadata(7)))
                    .all()
                    .get();
        }
        stores.load();
        assertAgree();
    }

    @Test
    void a_redis_that_came_back_empty_is_counted_again_from_the_topic_and_the_others_drop_the_replays()
            throws Exception {
        try (Jedis redis = stores.redis()) {
            redis.flushAll();
            stores.load(() -> isCovered(redis));
        }
        assertAgree();
    }

    @Test
    void a_redis_that_came_back_older_is_brought_forward_from_the_topic() throws Exception {
        try (Jedis redis = stores.redis()) {
            Map<String, byte[]> earlier = new HashMap<>();
            for (String key : redis.keys("*")) {
                earlier.put(key, redis.dump(key));
            }
            for (int i = 0; i < OFFERS; i += 3) {
                stores.send(i % 2, "o" + i, i % 2 == 0 ? null : offer(i, "third"));
            }
            stores.load();
            redis.flushAll();
            earlier.forEach((key, value) -> redis.restore(key, 0, value)); // as from a backup
            stores.load(() -> isCovered(redis));
        }
        assertAgree();
    }

    @Test
    void a_solr_that_came_back_empty_is_not_filled_from_mid_stream_but_after_the_group_was_set_back() throws Exception {
        stores.solr("/update?commit=true", "{\"delete\":{\"query\":\"*:*\"}}");
        stores.send(0, "new", offer(1, "new").replace("\"o1\"", "\"new\""));

        try (Jedis redis = stores.redis()) {
            stores.run(() -> isCovered(redis));
        }

        assertThat(stores.solr("/select?q=*:*&rows=0&wt=json&indent=false", "{}"))
                .contains("\"numFound\":0");
        try (Admin admin = stores.admin()) {
            admin.alterConsumerGroupOffsets(
                            stores.config().source().group(),
                            Map.of(partition(0), new OffsetAndMetadata(0), partition(1), new OffsetAndMetadata(0)))
                    .all()
                    .get();
        }
        stores.load();
        assertAgree();
    }

    @Test
    void records_that_the_log_dropped_unread_are_one_dead_letter_and_the_rest_is_exact() throws Exception {
        for (int i = 0; i < 20; i++) {
            stores.send(0, "late" + i, offer(i, "late").replace("\"o" + i, "\"late" + i));
        }
        try (Admin admin = stores.admin()) {
            long end = admin.listOffsets(Map.of(partition(0), OffsetSpec.latest()))
                    .partitionResult(partition(0))
                    .get()
                    .offset();
            admin.deleteRecords(Map.of(partition(0), RecordsToDelete.beforeOffset(end - 5)))
                    .all()
                    .get();
        }
        stores.load();

        List<String> gaps = stores.letters("ls", "--reason", "gap").lines();
        assertThat(gaps).hasSize(2).first().asString().contains("spout  gap");
        assertThat(stores.verify().lines())
                .anyMatch(line -> line.startsWith("gaps: the log dropped records before they were read"))
                .last()
                .asString()
                .endsWith("redis, solr, hdfs and dead letters agree");
    }

    /** What Redis has counted is all that is in the log. */
    private static boolean isCovered(Jedis redis) throws Exception {
        Map<String, String> coverage = redis.hgetAll(stores.tag() + "coverage");
        try (Admin admin = stores.admin()) {
            for (int partition = 0; partition < 2; partition++) {
                long end = admin.listOffsets(Map.of(partition(partition), OffsetSpec.latest()))
                        .partitionResult(partition(partition))
                        .get()
                        .offset();
                if (!Long.toString(end).equals(coverage.get(Integer.toString(partition)))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void assertAgree() {
        assertThat(stores.verify().lines())
                .singleElement()
                .asString()
                .endsWith("redis, solr, hdfs and dead letters agree");
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition(stores.topic(), number);
    }

    private static String offer(int number, String name) {
        return "{\"id\":\"o" + number + "\",\"name\":\"" + name + "\",\"profession_id\":" + (100 + number % 7)
                + ",\"office_latitude\":" + (number % 60) + ",\"office_longitude\":2.35}";
    }
}
