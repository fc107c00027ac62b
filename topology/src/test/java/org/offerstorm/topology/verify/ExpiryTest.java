package org.offerstorm.topology.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Offers expire in the whole topology, over real servers. */
class ExpiryTest {
    @TempDir
    static Path directory;

    private static LoadedStores stores;

    @BeforeAll
    static void start() throws Exception {
        stores = new LoadedStores(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        stores.close();
    }

    @Test
    void a_due_offer_is_gone_from_every_store_once_and_a_corrected_one_stays() throws Exception {
        stores.begin();
        Instant past = Instant.now().minusSeconds(60);
        stores.send(0, "due", offer("due", past));
        stores.send(0, "extended", offer("extended", past));
        stores.send(1, "later", offer("later", Instant.now().plus(Duration.ofDays(1))));
        stores.send(1, "forever", "{\"id\":\"forever\",\"name\":\"Chef\"}");
        stores.send(0, "extended", offer("extended", Instant.now().plus(Duration.ofDays(1))));

        // One more record, and the marker of its transaction.
        stores.load(() -> end() >= 5 + 2);

        assertThat(end()).isEqualTo(5 + 2);
        assertThat(stores.verify().exitCode()).isZero();
        try (Jedis redis = stores.redis()) {
            assertThat(redis.hgetAll(stores.tag() + "counts").values().stream()
                            .mapToLong(Long::parseLong)
                            .sum())
                    .isEqualTo(3);
        }
    }

    private static String offer(String id, Instant until) {
        return "{\"id\":\"" + id + "\",\"name\":\"Chef\",\"valid_through\":\"" + until + "\"}";
    }

    /** Offsets of the whole topic. */
    private static long end() throws Exception {
        try (Admin admin = stores.admin()) {
            return admin
                    .listOffsets(Map.of(
                            new TopicPartition(stores.topic(), 0), OffsetSpec.latest(),
                            new TopicPartition(stores.topic(), 1), OffsetSpec.latest()))
                    .all()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(offset -> offset.offset())
                    .sum();
        }
    }
}
