package org.offerstorm.local.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.RedisConfig;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.core.sink.WriteResult.Retryable;
import org.offerstorm.sinks.contract.ChunkBuilder;
import org.offerstorm.sinks.redis.RedisCounts;
import org.offerstorm.sinks.redis.RedisCoverage;
import org.offerstorm.sinks.redis.RedisKeys;
import org.offerstorm.sinks.redis.RedisLive;
import org.offerstorm.sinks.redis.RedisSink;
import org.offerstorm.sinks.redis.RedisSinkFactory;
import redis.clients.jedis.Jedis;

/** What is Redis' own: coverage, holds, layout, rates. The contract suite has the rest. */
final class RedisSinkTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private static final Source SOURCE = new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 1, 1);
    private static final Cell TECH = Cell.of("Tech", Continent.EU);
    private static final Cell RETAIL = Cell.of("Retail", Continent.AS);

    /** Close to Redis' own clock, by which keys expire. */
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);

    private final RedisConfig config = REDIS.config();
    private final RedisKeys keys = new RedisKeys(config.tag());
    private final ChunkBuilder log = new ChunkBuilder(SOURCE).timestamp(now.toEpochMilli());
    private Jedis jedis;
    private Sink sink;

    @BeforeEach
    void connect() {
        jedis = REDIS.client();
        sink = new RedisSink(config, InstantSource.fixed(now));
    }

    @AfterEach
    void disconnect() {
        sink.close();
        jedis.configSet("maxmemory", "0");
        jedis.configSet("maxmemory-policy", "noeviction");
        jedis.close();
    }

    @Test
    void rangesThatComeEarlyAreParkedUntilTheCoverageReachesThem() throws IOException {
        Chunk<Change> first = log.skip(0, 10).cut();
        Chunk<Change> second = log.skip(0, 10).cut();
        Chunk<Change> third = log.skip(0, 10).cut();
        Chunk<Change> fourth = log.skip(0, 10).cut();
        done(first);
        assertThat(coverage()).isEqualTo(Map.of(0, 10L));
        done(fourth);
        done(third);
        assertThat(coverage()).isEqualTo(Map.of(0, 10L));
        assertThat(jedis.hgetAll(keys.parked())).isEqualTo(Map.of("0", "20-40"));
        done(second);
        assertThat(coverage()).isEqualTo(Map.of(0, 40L));
        assertThat(jedis.exists(keys.parked())).isFalse();
    }

    @Test
    void onlyTheStartOfTheLogCreatesCoverage() throws IOException {
        Chunk<Change> first = log.skip(0, 10).cut();
        Chunk<Change> second = log.upsert("a", TECH).cut();
        done(second);
        assertThat(coverage()).isEmpty();
        done(first);
        assertThat(coverage()).isEqualTo(Map.of(0, 11L));
    }

    @Test
    void coverageOfALaterLogStartDoesNotJumpOverAGap() throws IOException {
        done(log.skip(0, 10).cut());
        ChunkBuilder shortened = new ChunkBuilder(SOURCE).skip(0, 10);
        shortened.cut();
        Chunk<Change> beyond = shortened.skip(0, 5).upsert("a", TECH).cut();
        done(beyond);
        assertThat(coverage()).isEqualTo(Map.of(0, 16L)); // [10, 16) joins
        jedis.hset(keys.coverage(), "0", "3"); // as if less had been kept
        done(beyond);
        assertThat(coverage()).isEqualTo(Map.of(0, 3L));
    }

    @Test
    void coverageOfAnotherSourceIsRefusedAndThatOfALowerEpochIsNone() throws IOException {
        assertThat(coverage()).isEmpty(); // nothing was ever written
        done(log.skip(0, 10).cut());
        Source raised = new Source("offers", "AnotherTopicIdOfOffers", 2, 3);
        Source other = new Source("offers", "AnotherTopicIdOfOffers", 1, 1);
        try (RedisCoverage reader = new RedisCoverage(config)) {
            assertThat(reader.coverage(raised)).isEmpty();
            assertThatThrownBy(() -> reader.coverage(other))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("AnotherTopicIdOfOffers")
                    .hasMessageContaining(SOURCE.topicId());
            assertThat(reader.coverage(SOURCE)).isEqualTo(Map.of(0, 10L));
        }
    }

    @Test
    void raisedEpochStartsTheCoverageAnew() throws IOException {
        done(log.skip(0, 10).upsert("a", TECH).cut());
        Source raised = new Source("offers", "TheTopicWasMadeOnceMor", 2, 2);
        ChunkBuilder newLog = new ChunkBuilder(raised).skip(1, 7);
        done(newLog.cut());
        try (RedisCoverage reader = new RedisCoverage(config)) {
            assertThat(reader.coverage(raised)).isEqualTo(Map.of(1, 7L));
            assertThatThrownBy(() -> reader.coverage(SOURCE)).isInstanceOf(IOException.class);
        }
        assertThat(held(log.upsert("a", RETAIL).cut())).contains("epoch 2"); // a writer of the old log
        assertThat(REDIS.counts()).isEqualTo(Map.of("Tech|EU", 1L));
    }

    @Test
    void cellWithoutOffersHasNoField() throws IOException {
        done(log.upsert("a", TECH).upsert("b", RETAIL).cut());
        done(log.delete("a").cut());
        assertThat(jedis.hgetAll(keys.counts())).isEqualTo(Map.of("Retail|AS", "1"));
        try (RedisCounts counts = new RedisCounts(config)) {
            assertThat(counts.read()).isEqualTo(Map.of(RETAIL, 1L));
        }
    }

    @Test
    void allKeysShareOneHashTag() {
        done(log.upsert("a", TECH).cut());
        assertThat(jedis.keys("*")).allMatch(key -> key.startsWith("{test}:"));
    }

    @Test
    void versionsBeyondFourteenDigitsStayExact() {
        Source last = new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", Source.MAX_EPOCH, 1);
        ChunkBuilder far = new ChunkBuilder(last).skip(0, (1L << 48) - 4);
        done(far.cut());
        Chunk<Change> first = far.upsert("a", TECH).cut();
        Chunk<Change> second = far.upsert("a", RETAIL).cut();
        done(second);
        assertThat(sink.write(first)).isEqualTo(new Done(0, 1));
        assertThat(sink.write(second)).isEqualTo(new Done(0, 1));
        assertThat(jedis.hget(keys.coverage(), "0")).isEqualTo(Long.toString((1L << 48) - 2));
    }

    @Test
    void numberOfBucketsIsThatOfTheFirstWrite() throws IOException {
        Chunk<Change> first = log.upsert("a", TECH).upsert("b", TECH).cut();
        done(first);
        RedisConfig larger = new RedisConfig(config.uri(), config.tag(), 1_000_000, config.timeout());
        try (Sink after = new RedisSink(larger, InstantSource.system())) {
            assertThat(after.write(first)).isEqualTo(new Done(0, 2));
        }
        assertThat(jedis.hget(keys.meta(), "buckets")).isEqualTo("10");
        assertThat(REDIS.counts()).isEqualTo(Map.of("Tech|EU", 2L));
    }

    @Test
    void ratesAreThoseOfTheRecordsMinuteAndExpire() {
        long minute = now.toEpochMilli() / 60_000;
        done(log.timestamp(now.toEpochMilli())
                .upsert("a", TECH)
                .upsert("b", TECH)
                .delete("nobody")
                .cut());
        Chunk<Change> next = log.timestamp(now.toEpochMilli() + 60_000)
                .upsert("a", TECH)
                .delete("b")
                .cut();
        done(next);
        done(next);
        done(log.timestamp(-1)
                .upsert("c", TECH)
                .timestamp(4_102_444_800_000L)
                .upsert("d", TECH)
                .cut());
        assertThat(jedis.hgetAll(keys.rate(minute))).isEqualTo(Map.of("new", "2"));
        assertThat(jedis.hgetAll(keys.rate(minute + 1))).isEqualTo(Map.of("corrected", "1", "deleted", "1"));
        assertThat(jedis.keys(keys.prefix() + "rate:*")).hasSize(2); // no year 1969, no year 2100
        assertThat(jedis.ttl(keys.rate(minute))).isPositive();
    }

    @Test
    void evictingServerIsRefusedUntilItIsMended() throws IOException {
        jedis.configSet("maxmemory-policy", "allkeys-lru");
        Chunk<Change> chunk = log.upsert("a", TECH).cut();
        assertThat(held(chunk)).contains("maxmemory-policy allkeys-lru").contains("noeviction");
        jedis.configSet("maxmemory-policy", "noeviction");
        done(chunk);
        assertThat(REDIS.counts()).isEqualTo(Map.of("Tech|EU", 1L));
    }

    @Test
    void fullServerHoldsAndNothingIsHalfWritten() throws IOException {
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
    void fullServerCanBeReadAllTheSame() throws IOException {
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
    void keyOfAWrongTypeHoldsAndNothingIsHalfWritten() {
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
    void damagedStateHoldsWithAdvice() {
        done(log.upsert("a", TECH).cut());
        Chunk<Change> chunk = log.upsert("a", RETAIL).cut();
        jedis.del(keys.counts());
        assertThat(held(chunk)).contains("{test}:counts").contains("counted anew");
        jedis.del(keys.meta());
        assertThat(held(chunk)).contains("{test}:meta").contains("counted anew");
    }

    @Test
    void anotherFormatHolds() {
        done(log.upsert("a", TECH).cut());
        jedis.hset(keys.meta(), "format", "99");
        assertThat(held(log.upsert("a", RETAIL).cut())).contains("format 99");
    }

    @Test
    void absentServerHoldsAndIsNamedWithoutItsPassword() throws IOException {
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
    void passwordComesFromItsFileAndAWrongOneHolds(@TempDir Path directory) throws IOException {
        Path secret = directory.resolve("redis-password");
        String uri = config.uri().replace("redis://", "redis://:${file:" + secret + "}@");
        RedisConfig protectedConfig = new RedisConfig(uri, "test", 1_000, Duration.ofSeconds(5));
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
    void serverThatAcceptsButNeverAnswersHolds() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            RedisConfig mute = new RedisConfig(
                    "redis://127.0.0.1:" + silent.getLocalPort(), "test", 1_000, Duration.ofMillis(200));
            try (Sink patient = new RedisSink(mute, InstantSource.system())) {
                assertThat(patient.write(log.upsert("a", TECH).cut())).isInstanceOf(Retryable.class);
            }
        }
    }

    @Test
    void addressWithoutAPortIsAMistakeOfTheConfiguration() {
        for (String uri : Set.of("localhost", "redis://localhost", "redis://u:p w@localhost:1", "")) {
            assertThatThrownBy(() -> new RedisSink(
                            new RedisConfig(uri, "test", 1, Duration.ofSeconds(1)), InstantSource.system()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("redis.uri")
                    .hasMessageNotContaining("p w");
        }
        assertThatThrownBy(() -> new RedisKeys("{a}")).hasMessageContaining("redis.tag");
    }

    @Test
    void factoriesTravelInTheTopology() throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            out.writeObject(new RedisSinkFactory(config));
            out.writeObject(RedisCoverage.factory(config));
        }
    }

    private void done(Chunk<Change> chunk) {
        assertThat(sink.write(chunk)).isInstanceOf(Done.class);
    }

    private String held(Chunk<Change> chunk) {
        WriteResult result = sink.write(chunk);
        assertThat(result).isInstanceOf(Retryable.class);
        return ((Retryable) result).message();
    }

    private Map<Integer, Long> coverage() throws IOException {
        try (RedisCoverage reader = new RedisCoverage(config)) {
            return reader.coverage(SOURCE);
        }
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
