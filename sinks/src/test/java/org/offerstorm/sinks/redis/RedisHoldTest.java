package org.offerstorm.sinks.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.core.sink.WriteResult.Retryable;
import org.offerstorm.sinks.contract.ChunkBuilder;

/** A Redis that cannot be written, or not without harm: the sink holds, says why, and nothing is half written. */
final class RedisHoldTest extends RedisSinkFixture {
    @Test
    void evicting_server_is_refused_until_it_is_repaired() throws IOException {
        jedis.configSet("maxmemory-policy", "allkeys-lru");
        Chunk<Change> chunk = log.upsert("a", TECH).cut();
        assertThat(held(chunk)).contains("maxmemory-policy allkeys-lru").contains("noeviction");
        jedis.configSet("maxmemory-policy", "noeviction");
        done(chunk);
        assertThat(REDIS.counts()).isEqualTo(Map.of("Tech|EU", 1L));
    }

    @Test
    void full_server_holds_and_nothing_is_half_written() throws IOException {
        done(log.upsert("a", TECH).cut());
        Map<String, String> before = dump();
        jedis.configSet("maxmemory", "100kb");
        Chunk<Change> chunk = log.upsert("a", RETAIL).upsert("b", TECH).cut();
        assertThat(held(chunk)).contains("OOM");
        assertThat(dump()).isEqualTo(before);
        jedis.configSet("maxmemory", "0");
        done(chunk);
        assertThat(REDIS.counts()).isEqualTo(Map.of("Tech|EU", 1L, "Retail|AS", 1L));
    }

    @Test
    void full_server_can_be_read_anyway() throws IOException {
        done(log.upsert("a", TECH).cut());
        jedis.configSet("maxmemory", "100kb");

        assertThat(coverage()).isEqualTo(Map.of(0, 1L));
        try (RedisLive live = new RedisLive(config)) {
            RedisLive.State state = live.read(RedisLive.START);
            assertThat(state.counts()).containsOnlyKeys(TECH).containsValue(1L);
            assertThat(state.changes()).hasSize(1);
            assertThat(state.newest()).isNotEqualTo(RedisLive.START);
            assertThat(state.now()).isPositive();
        }
    }

    @Test
    void key_of_a_wrong_type_holds_and_nothing_is_half_written() {
        done(log.upsert("a", TECH).cut());
        Chunk<Change> chunk = log.upsert("a", RETAIL).upsert("b", TECH).cut();
        long minute = now.toEpochMilli() / 60_000;
        for (String key : Set.of(
                keys.meta(),
                keys.counts(),
                keys.coverage(),
                keys.cells(),
                keys.cellNames(),
                keys.parked(),
                keys.changes(),
                keys.rate(minute))) {
            String aside = keys.prefix() + "aside";
            boolean existed = jedis.exists(key);
            if (existed) {
                jedis.rename(key, aside);
            }
            jedis.set(key, "no hash, no stream");
            Map<String, String> before = dump();
            assertThat(sink.write(chunk)).as(key).isInstanceOf(Retryable.class);
            assertThat(dump()).as(key).isEqualTo(before);
            jedis.del(key);
            if (existed) {
                jedis.rename(aside, key);
            }
        }
        done(chunk);
    }

    @Test
    void damaged_state_holds_with_advice() {
        done(log.upsert("a", TECH).cut());
        Chunk<Change> chunk = log.upsert("a", RETAIL).cut();
        jedis.del(keys.counts());
        assertThat(held(chunk)).contains("{test}:counts").contains("counted again");
        jedis.del(keys.meta());
        assertThat(held(chunk)).contains("{test}:meta").contains("counted again");
    }

    @Test
    void keys_that_are_deleted_from_outside_hold_until_all_are() throws IOException {
        Map<String, Set<String>> deletions = new TreeMap<>(Map.of(
                "META", Set.of(keys.meta()),
                "COUNTS", Set.of(keys.counts()),
                "CELLS", Set.of(keys.cells()),
                "NAMES", Set.of(keys.cellNames()),
                "CELLS and NAMES", Set.of(keys.cells(), keys.cellNames()),
                "all but META and buckets",
                        Set.of(keys.counts(), keys.cells(), keys.cellNames(), keys.coverage(), keys.parked()),
                "all but buckets",
                        Set.of(
                                keys.meta(),
                                keys.counts(),
                                keys.cells(),
                                keys.cellNames(),
                                keys.coverage(),
                                keys.parked(),
                                keys.changes()),
                "a bucket", Set.of(bucketOf("a", "b"))));
        for (Map.Entry<String, Set<String>> deletion : deletions.entrySet()) {
            jedis.flushAll();
            ChunkBuilder stream = new ChunkBuilder(SOURCE).timestamp(now.toEpochMilli());
            Chunk<Change> first = stream.upsert("a", TECH).upsert("b", RETAIL).cut();
            done(first);
            Chunk<Change> next = stream.upsert("c", TECH).cut(); // adds, so no count would fall below zero
            jedis.del(deletion.getValue().toArray(String[]::new));
            sink.close();
            sink = new RedisSink(config, InstantSource.fixed(now)); // looks at the buckets at once

            String hold = held(next);

            assertThat(hold).as(deletion.getKey()).contains("deleted or changed from outside", "counted again");
            assertThat(held(first)).as(deletion.getKey()).isEqualTo(hold); // also what is read again
            jedis.del(jedis.keys(keys.prefix() + "*").toArray(String[]::new));
            done(first);
            done(next);
            assertThat(REDIS.counts()).as(deletion.getKey()).isEqualTo(Map.of("Tech|EU", 2L, "Retail|AS", 1L));
        }
    }

    @Test
    void a_field_that_is_deleted_from_the_counts_or_a_bucket_holds() throws IOException {
        done(log.upsert("a", TECH).upsert("b", RETAIL).cut());
        Chunk<Change> next = log.upsert("c", TECH).cut();
        jedis.hdel(keys.counts(), "Retail|AS");
        assertThat(held(next)).contains("{test}:counts");
        jedis.hset(keys.counts(), "Retail|AS", "1");
        String number = jedis.hget(keys.cells(), "Retail|AS");
        jedis.hdel(keys.cells(), "Retail|AS");
        jedis.hdel(keys.cellNames(), number); // so another cell would get the number
        assertThat(held(next)).contains("{test}:cells");
        jedis.hset(keys.cells(), "Retail|AS", number);
        jedis.hset(keys.cellNames(), number, "Retail|AS");
        byte[] bucket =
                RedisKeys.bytes(jedis.keys(keys.prefix() + "s:*").iterator().next());
        byte[] field = jedis.hkeys(bucket).iterator().next();
        byte[] state = jedis.hget(bucket, field);
        jedis.hdel(bucket, field);
        sink.close();
        sink = new RedisSink(config, InstantSource.fixed(now));
        assertThat(held(next)).contains("{test}:s:* hold the state of 1 offers, but that of 2 was stored");
        assertThat(held(next)).contains("{test}:s:*");
        jedis.hset(bucket, field, state); // put back
        done(next);
    }

    @Test
    void coverage_or_parked_ranges_that_are_deleted_show_in_what_is_covered() throws IOException {
        Chunk<Change> first = log.upsert("a", TECH).cut();
        Chunk<Change> second = log.upsert("b", TECH).cut();
        Chunk<Change> third = log.upsert("c", TECH).cut();
        done(first);
        done(third);
        jedis.del(keys.parked());
        done(second);
        assertThat(coverage()).isEqualTo(Map.of(0, 2L)); // below what is acked: the spout sends it again
        done(third);
        jedis.del(keys.coverage());
        assertThat(coverage()).isEmpty();
        done(first);
        done(second);
        done(third);
        assertThat(coverage()).isEqualTo(Map.of(0, 3L));
        assertThat(REDIS.counts()).isEqualTo(Map.of("Tech|EU", 3L));
    }

    @Test
    void a_state_of_an_earlier_version_goes_on() throws IOException {
        done(log.upsert("a", TECH).upsert("b", RETAIL).cut());
        jedis.hdel(keys.meta(), "counted", "cells", "states");
        sink.close();
        sink = new RedisSink(config, InstantSource.fixed(now));

        done(log.upsert("c", TECH).cut());

        assertThat(jedis.hgetAll(keys.meta())).containsEntry("counted", "2").doesNotContainKey("states");
        jedis.del(keys.counts());
        assertThat(held(log.upsert("d", TECH).cut())).contains("{test}:counts");
    }

    /** A key: one that the state of one of these offers is in. */
    private String bucketOf(String... ids) {
        done(log.upsert(ids[0], TECH).upsert(ids[1], RETAIL).cut());
        return jedis.keys(keys.prefix() + "s:*").iterator().next();
    }

    @Test
    void more_cells_than_can_be_numbered_hold_with_what_to_do() {
        done(log.upsert("a", TECH).cut());
        Map<String, String> numbers = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        for (int i = 2; i < RedisKeys.MAX_CELLS; i++) {
            numbers.put("category " + i + "|EU", Integer.toString(i));
            names.put(Integer.toString(i), "category " + i + "|EU");
        }
        jedis.hset(keys.cells(), numbers);
        jedis.hset(keys.cellNames(), names);
        jedis.hset(keys.meta(), "cells", Integer.toString(RedisKeys.MAX_CELLS - 1));

        done(log.upsert("b", RETAIL).cut()); // the last number
        assertThat(held(log.upsert("c", Cell.of("One more", Continent.EU)).cut()))
                .contains("would number 65536 cells", "and can 65535", "kill --drain");
        done(log.upsert("c", TECH).cut());
    }

    @Test
    void another_format_holds() {
        done(log.upsert("a", TECH).cut());
        jedis.hset(keys.meta(), "format", "99");
        assertThat(held(log.upsert("a", RETAIL).cut())).contains("format 99");
    }

    @Test
    void absent_server_holds_and_is_named_without_its_password() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        RedisConfig absent =
                new RedisConfig("redis://user:pa%20ss@127.0.0.1:" + port, "test", 1_000, Duration.ofSeconds(2));
        try (Sink lonely = new RedisSink(absent, InstantSource.system());
                RedisCoverage reader = new RedisCoverage(absent);
                RedisCounts counts = new RedisCounts(absent)) {
            String message = ((Retryable) lonely.write(log.upsert("a", TECH).cut())).message();
            assertThat(message)
                    .contains("127.0.0.1:" + port)
                    .doesNotContain("pa ss")
                    .doesNotContain("pa%20ss");
            assertThatThrownBy(() -> reader.coverage(SOURCE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + port);
            assertThatThrownBy(counts::read).isInstanceOf(IOException.class).hasMessageContaining("127.0.0.1:" + port);
        }
    }

    @Test
    void password_comes_from_its_file_and_a_wrong_one_holds(@TempDir Path directory) throws IOException {
        Path secret = directory.resolve("redis-password");
        String uri = config.uri().replace("redis://", "redis://:${file:" + secret + "}@");
        RedisConfig protectedConfig = new RedisConfig(uri, "test", 1_000, config.timeout());
        jedis.configSet("requirepass", "open sesame");
        try {
            Chunk<Change> chunk = log.upsert("a", TECH).cut();
            Files.writeString(secret, "wrong word\n");
            try (Sink refused = new RedisSink(protectedConfig, InstantSource.system())) {
                String message = ((Retryable) refused.write(chunk)).message();
                assertThat(message).contains("WRONGPASS").doesNotContain("wrong word");
            }
            Files.writeString(secret, "open sesame\n");
            try (Sink accepted = new RedisSink(protectedConfig, InstantSource.system())) {
                assertThat(accepted.write(chunk)).isEqualTo(new Done(1, 0));
            }
        } finally {
            jedis.auth("open sesame");
            jedis.configSet("requirepass", "");
        }
    }

    @Test
    void server_that_accepts_but_never_answers_holds() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            RedisConfig mute = new RedisConfig(
                    "redis://127.0.0.1:" + silent.getLocalPort(), "test", 1_000, Duration.ofMillis(200));
            try (Sink patient = new RedisSink(mute, InstantSource.system())) {
                assertThat(patient.write(log.upsert("a", TECH).cut())).isInstanceOf(Retryable.class);
            }
        }
    }

    @Test
    void address_without_a_port_is_a_mistake_of_the_configuration() {
        for (String uri : Set.of("localhost", "redis://localhost", "redis://u:p w@localhost:1", "")) {
            assertThatThrownBy(() -> new RedisSink(
                            new RedisConfig(uri, "test", 1, Duration.ofSeconds(1)), InstantSource.system()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("redis.uri")
                    .hasMessageNotContaining("p w");
        }
        assertThatThrownBy(() -> new RedisKeys("{a}")).hasMessageContaining("redis.tag");
    }

    /** Every key with its serialized value. */
    private Map<String, String> dump() {
        Map<String, String> dump = new TreeMap<>();
        for (String key : jedis.keys("*")) {
            dump.put(key, HexFormat.of().formatHex(jedis.dump(key)));
        }
        return dump;
    }
}
