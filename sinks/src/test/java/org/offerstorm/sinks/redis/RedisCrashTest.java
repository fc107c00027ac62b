package org.offerstorm.sinks.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.core.sink.WriteResult.Retryable;
import org.offerstorm.sinks.memory.InMemorySink;
import org.offerstorm.sinks.memory.InMemoryStore;
import redis.clients.jedis.Jedis;

/** Redis is killed, paused, restarted or emptied; writers compete. */
final class RedisCrashTest {
    @RegisterExtension
    static final RedisUnderTest REDIS = new RedisUnderTest();

    private final InMemoryStore model = new InMemoryStore();

    @RepeatedTest(3)
    void nothing_acked_is_lost_when_redis_is_killed_under_load() throws Exception {
        RandomLog log = new RandomLog(new Random(11), 1_000);
        List<Chunk<Change>> chunks = new CopyOnWriteArrayList<>();
        AtomicInteger acked = new AtomicInteger();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try (Sink sink = sink()) {
            Future<WriteResult> failed = writer.submit(() -> {
                while (true) { // the log has no end before the kill
                    chunks.addAll(log.chunks(1, 200));
                    WriteResult result = sink.write(chunks.get(chunks.size() - 1));
                    if (!(result instanceof Done)) {
                        return result;
                    }
                    acked.incrementAndGet();
                }
            });
            while (acked.get() < 50 && !failed.isDone()) {
                Thread.onSpinWait();
            }
            REDIS.kill();
            assertThat(failed.get()).isInstanceOf(Retryable.class);
            REDIS.restart();

            chunks.addAll(log.chunks(100, 200));
            int durable = acked.get();
            modelOf(chunks.subList(0, durable));
            Map<Integer, Long> ackedCoverage = model.coverage();
            try (RedisCoverage coverage = new RedisCoverage(REDIS.config())) {
                Map<Integer, Long> found = coverage.coverage(RandomLog.SOURCE);
                ackedCoverage.forEach(
                        (partition, next) -> assertThat(found.get(partition)).isGreaterThanOrEqualTo(next));
            }
            for (Chunk<Change> chunk : chunks.subList(Math.max(0, durable - 10), durable)) {
                assertThat(sink.write(chunk)).isEqualTo(new Done(0, chunk.size()));
            }
            for (Chunk<Change> chunk : chunks.subList(durable, chunks.size())) {
                assertThat(sink.write(chunk)).isInstanceOf(Done.class);
            }
            modelOf(chunks);
            assertThat(REDIS.counts()).isEqualTo(model.counts());
        } finally {
            writer.shutdownNow();
        }
    }

    @Test
    void script_is_loaded_again_after_a_restart_and_a_flush() throws Exception {
        List<Chunk<Change>> chunks = new RandomLog(new Random(12), 50).chunks(3, 50);
        try (Sink sink = sink()) {
            assertThat(sink.write(chunks.get(0))).isInstanceOf(Done.class);
            try (Jedis jedis = REDIS.client()) {
                jedis.scriptFlush();
            }
            assertThat(sink.write(chunks.get(1))).isInstanceOf(Done.class); // on the same connection
            REDIS.restart();
            assertThat(sink.write(chunks.get(2))).isInstanceOf(Retryable.class); // the old connection is dead
            assertThat(sink.write(chunks.get(2))).isInstanceOf(Done.class);
        }
        modelOf(chunks);
        assertThat(REDIS.counts()).isEqualTo(model.counts());
    }

    @Test
    void emptied_redis_shows_in_the_coverage_and_is_counted_again_from_the_log() throws Exception {
        List<Chunk<Change>> chunks = new RandomLog(new Random(13), 500).chunks(40, 50);
        try (Sink sink = sink();
                RedisCoverage coverage = new RedisCoverage(REDIS.config())) {
            for (Chunk<Change> chunk : chunks.subList(0, 30)) {
                assertThat(sink.write(chunk)).isInstanceOf(Done.class);
            }
            assertThat(coverage.coverage(RandomLog.SOURCE)).hasSize(RandomLog.SOURCE.partitions());
            try (Jedis jedis = REDIS.client()) {
                jedis.flushAll();
            }
            for (Chunk<Change> chunk : chunks.subList(30, 40)) { // those in flight
                assertThat(sink.write(chunk)).isInstanceOf(Done.class);
            }
            assertThat(coverage.coverage(RandomLog.SOURCE)).isEmpty();
            for (Chunk<Change> chunk : chunks.subList(0, 35)) { // read again, the last ones overlap
                assertThat(sink.write(chunk)).isInstanceOf(Done.class);
            }
            modelOf(chunks);
            assertThat(REDIS.counts()).isEqualTo(model.counts());
            assertThat(coverage.coverage(RandomLog.SOURCE)).isEqualTo(model.coverage());
        }
    }

    @Test
    void competing_writers_of_the_same_chunks_count_once() throws Exception {
        List<Chunk<Change>> chunks = new RandomLog(new Random(14), 1_000).chunks(200, 200);
        int writers = 3;
        AtomicInteger written = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                tasks.add(() -> {
                    try (Sink sink = sink()) {
                        for (Chunk<Change> chunk : chunks) {
                            written.addAndGet(((Done) sink.write(chunk)).written());
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> task : threads.invokeAll(tasks)) {
                task.get();
            }
        } finally {
            threads.shutdownNow();
        }
        modelOf(chunks);
        assertThat(REDIS.counts()).isEqualTo(model.counts());
        assertThat(written.get())
                .isLessThanOrEqualTo(chunks.stream().mapToInt(Chunk::size).sum());
    }

    private static Sink sink() {
        return new RedisSink(REDIS.config(), InstantSource.system());
    }

    private void modelOf(List<Chunk<Change>> chunks) throws IOException {
        try (Sink sink = new InMemorySink("model", model)) {
            chunks.forEach(sink::write);
        }
    }
}
