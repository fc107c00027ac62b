package org.offerstorm.sinks.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.core.sink.WriteResult.Retryable;
import org.offerstorm.local.servers.testing.SentinelRedis;
import org.offerstorm.sinks.memory.InMemorySink;
import org.offerstorm.sinks.memory.InMemoryStore;
import redis.clients.jedis.Jedis;

/** A real master, a replica and three Sentinels: where the counters are written when the master changes. */
class SentinelTest {
    @TempDir
    private Path directory;

    private SentinelRedis redis;
    private RedisConfig config;
    private final InMemoryStore model = new InMemoryStore();

    @BeforeEach
    void start() throws Exception {
        redis = SentinelRedis.start(directory);
        config = new RedisConfig(redis.uri(), "test", 1_000, Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() throws Exception {
        redis.close();
    }

    @Test
    void what_a_promoted_replica_lacks_shows_in_the_coverage_and_is_counted_again_from_the_log() throws Exception {
        List<Chunk<Change>> chunks = new RandomLog(new Random(21), 500).chunks(40, 50);
        try (Sink sink = new RedisSink(config, InstantSource.system());
                RedisCoverage coverage = new RedisCoverage(config)) {
            write(sink, chunks.subList(0, 20));
            redis.awaitReplica(redis.second());
            redis.cutOff(redis.second(), redis.first());
            write(sink, chunks.subList(20, 30)); // acknowledged by the master alone
            Map<Integer, Long> acked = coverage.coverage(RandomLog.SOURCE);

            redis.first().kill();
            redis.second().resume();
            redis.awaitMaster(redis.second());

            writeAgain(sink, chunks.get(30)); // the old connection is dead
            write(sink, chunks.subList(30, 40)); // those in flight
            assertThat(coverageAfterError(coverage))
                    .allSatisfy((partition, next) -> assertThat(next).isLessThanOrEqualTo(acked.get(partition)))
                    .isNotEqualTo(acked);
            write(sink, chunks.subList(15, 40)); // the spout goes back to the coverage
            modelOf(chunks);
            assertThat(counts()).isEqualTo(model.counts());
            assertThat(coverage.coverage(RandomLog.SOURCE)).isEqualTo(model.coverage());

            redis.first().start(); // as a master, until a Sentinel sees it
            write(sink, new RandomLog(new Random(21), 500).chunks(1, 50));
            redis.awaitReplica(redis.first());
            assertThat(counts()).isEqualTo(model.counts());
        }
    }

    @Test
    void a_master_that_is_replaced_while_it_lives_is_left_at_once() throws Exception {
        List<Chunk<Change>> chunks = new RandomLog(new Random(22), 500).chunks(40, 50);
        try (Sink sink = new RedisSink(config, InstantSource.system())) {
            write(sink, chunks.subList(0, 20));
            redis.awaitReplica(redis.second());
            try (Jedis sentinel = redis.sentinels().get(0).jedis()) {
                sentinel.sentinelFailover(SentinelRedis.MASTER);
            }
            redis.awaitMaster(redis.second());
            redis.awaitReplica(redis.first());

            writeAgain(sink, chunks.get(20)); // closed by the Sentinel, or a replica's READONLY
            write(sink, chunks.subList(20, 40));
        }
        modelOf(chunks);
        assertThat(counts()).isEqualTo(model.counts());
    }

    @Test
    void a_master_that_does_not_know_that_it_was_replaced_is_left_after_seconds() throws Exception {
        List<Chunk<Change>> chunks = new RandomLog(new Random(23), 500).chunks(3, 50);
        AtomicLong nanos = new AtomicLong();
        try (Sink sink = new RedisSink(config, InstantSource.system(), new RedisConnection(config, nanos::get))) {
            write(sink, chunks.subList(0, 1));
            redis.awaitReplica(redis.second());
            try (Jedis second = redis.second().jedis();
                    Jedis first = redis.first().jedis()) {
                redis.name(redis.first()); // nobody demotes one of them
                second.replicaofNoOne();
                redis.name(redis.second());
                nanos.addAndGet(Duration.ofSeconds(6).toNanos());

                write(sink, chunks.subList(1, 3));

                modelOf(chunks);
                assertThat(table(second)).isEqualTo(model.counts());
                assertThat(table(first)).isNotEqualTo(model.counts());
            }
        }
    }

    @Test
    void a_replica_that_the_sentinels_name_is_not_written_to() {
        redis.name(redis.second());
        try (Sink sink = new RedisSink(config, InstantSource.system());
                Jedis second = redis.second().jedis()) {
            second.configSet("replica-read-only", "no"); // it would take it
            WriteResult result =
                    sink.write(new RandomLog(new Random(24), 50).chunks(1, 50).get(0));
            assertThat(((Retryable) result).message())
                    .contains(
                            "name 127.0.0.1:" + redis.second().port() + " as the master mymaster, but it is a replica");
            assertThat(second.dbSize()).isZero();
        }
    }

    private static void write(Sink sink, List<Chunk<Change>> chunks) {
        chunks.forEach(chunk -> assertThat(sink.write(chunk)).isInstanceOf(Done.class));
    }

    private static Map<Integer, Long> coverageAfterError(RedisCoverage coverage) throws IOException {
        try {
            return coverage.coverage(RandomLog.SOURCE);
        } catch (IOException e) { // the connection to the server that was killed
            return coverage.coverage(RandomLog.SOURCE);
        }
    }

    private Map<String, Long> counts() throws IOException {
        try (RedisCounts table = new RedisCounts(config)) {
            Map<String, Long> counts = new HashMap<>();
            table.read().forEach((cell, n) -> counts.put(cell.key(), n));
            return counts;
        }
    }

    /** The first attempt may meet a connection that is of no use any more. */
    private static void writeAgain(Sink sink, Chunk<Change> chunk) {
        WriteResult result = sink.write(chunk);
        assertThat(result instanceof Retryable ? sink.write(chunk) : result).isInstanceOf(Done.class);
    }

    private static Map<String, Long> table(Jedis jedis) {
        Map<String, Long> counts = new HashMap<>();
        jedis.hgetAll("{test}:counts").forEach((cell, n) -> counts.put(cell, Long.valueOf(n)));
        return counts;
    }

    private void modelOf(List<Chunk<Change>> chunks) throws IOException {
        try (Sink sink = new InMemorySink("model", model)) {
            chunks.forEach(sink::write);
        }
    }
}
