package org.offerstorm.local.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Stores that agree, and stores with one thing spoilt by hand. */
class VerifyTest {
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

    /** Two partitions: offers a to e, of which b moved, c is deleted, d is deleted and back; one bad record. */
    @BeforeEach
    void load() throws Exception {
        stores.begin();
        stores.send(0, "a", offer("a", 101, 48.86, 2.35));
        stores.send(0, "b", offer("b", 101, 48.86, 2.35));
        stores.send(0, "c", offer("c", 205, -1.29, 36.82));
        stores.send(0, "b", offer("b", 999_999, -1.29, 36.82));
        stores.send(0, "c", null);
        stores.send(1, "d", offer("d", 101, 35.68, 139.69));
        stores.send(1, "d", null);
        stores.send(1, "d", offer("d", 101, 40.71, -74.01));
        stores.send(1, "e", "{\"id\":\"e\",\"name\":\"no place, no profession\"}");
        stores.send(1, "e", "{\"id\":\"e\",\"name\":7}");
        stores.load();
    }

    @Test
    void storesThatAgree() {
        LoadedStores.Answer answer = stores.verify();

        assertThat(answer.lines())
                .containsExactly("verify: 10 records, 4 live offers: redis, solr, hdfs and dead letters agree");
        assertThat(answer.exitCode()).isZero();
        assertThat(answer.errors()).isEmpty();
    }

    @Test
    void aCounterThatWasIncremented() {
        try (Jedis redis = stores.redis()) {
            redis.hincrBy(stores.tag() + "counts", "Bâtiment|EU", 1);
        }

        assertFound("redis: 1 miscounted", "  Bâtiment|EU: is 2, must be 1");
    }

    private static void assertFound(String... lines) {
        LoadedStores.Answer answer = stores.verify();
        assertThat(answer.lines()).startsWith(lines);
        assertThat(answer.lines().get(answer.lines().size() - 1))
                .isEqualTo("verify: 10 records, 4 live offers: 1 anomaly");
        assertThat(answer.exitCode()).isEqualTo(1);
    }

    private static String offer(String id, long profession, double latitude, double longitude) {
        return "{\"id\":\"" + id + "\",\"name\":\"Name of " + id + "\",\"profession_id\":" + profession
                + ",\"contract_type\":\"FULL_TIME\",\"office_latitude\":" + latitude + ",\"office_longitude\":"
                + longitude + ",\"company\":\"Thé & Cie\",\"published_at\":\"2026-03-01T09:30:00+01:00\"}";
    }
}
