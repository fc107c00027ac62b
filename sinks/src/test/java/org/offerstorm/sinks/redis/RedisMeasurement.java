package org.offerstorm.sinks.redis;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.local.servers.EmbeddedRedis;
import org.offerstorm.sinks.contract.ChunkBuilder;
import redis.clients.jedis.Jedis;

/**
 * Prints throughput, processor time and bytes per offer of the Redis sink; asserts nothing. Runs only when it is named:
 *
 * <pre>
 * ./mvnw -pl sinks -am test -Dtest=RedisMeasurement -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dofferstorm.measure.offers=1000000 -Dmaven.test.redirectTestOutputToFile=false
 * </pre>
 */
final class RedisMeasurement {
    private static final int OFFERS = Integer.getInteger("offerstorm.measure.offers", 1_000_000);
    private static final int CHUNK = 1_000;
    private static final List<Continent> CONTINENTS = List.of(Continent.values());
    private static final int CATEGORIES = 20;

    @TempDir
    Path directory;

    private final ChunkBuilder log = new ChunkBuilder(new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 1, 6))
            .timestamp(System.currentTimeMillis());
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void measure() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0);
                Jedis jedis = new Jedis(redis.uri());
                Sink sink = new RedisSink(
                        new RedisConfig(redis.uri(), "offerstorm", OFFERS, Duration.ofSeconds(5)),
                        InstantSource.system())) {
            double before = info(jedis, "memory", "used_memory");
            run("new", sink, jedis);
            double bytes = info(jedis, "memory", "used_memory") - before;
            System.out.printf(
                    Locale.ROOT,
                    "%,d offers: %.1f bytes per offer (stream of changes apart: %.1f), resident %,.0f MB, redis %s%n",
                    OFFERS,
                    bytes / OFFERS,
                    (bytes - stream(jedis)) / OFFERS,
                    info(jedis, "memory", "used_memory_rss") / 1e6,
                    text(jedis, "server", "redis_version"));
            run("corrected", sink, jedis);
            run("corrected", sink, jedis);
            System.out.printf(
                    Locale.ROOT,
                    "afterwards: %.1f bytes per offer (stream of changes apart: %.1f)%n",
                    (info(jedis, "memory", "used_memory") - before) / OFFERS,
                    (info(jedis, "memory", "used_memory") - before - stream(jedis)) / OFFERS);
        }
    }

    /** All offers once in random order, in rounds, so that the chunks need little memory here; then one round again. */
    private void run(String what, Sink sink, Jedis jedis) {
        int[] order = new int[OFFERS];
        for (int i = 0; i < OFFERS; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        Cost cost = new Cost();
        List<Chunk<Change>> round = new ArrayList<>();
        for (int i = 0; i < OFFERS; i++) {
            Cell cell = Cell.of(
                    "Category " + random.nextInt(CATEGORIES), CONTINENTS.get(random.nextInt(CONTINENTS.size())));
            log.upsert("0b7c6c2e-offer-" + order[i], cell);
            if (i % CHUNK == CHUNK - 1) {
                round.add(log.cut());
            }
            if (round.size() == 100 || i == OFFERS - 1) {
                cost.of(round, sink, jedis);
                if (i < OFFERS - 1) {
                    round.clear();
                }
            }
        }
        cost.print(what);
        Cost replay = new Cost();
        replay.of(round, sink, jedis);
        replay.print("replayed");
    }

    /** Time spent in writes alone. */
    private static final class Cost {
        private long offers;
        private long nanos;
        private long clientNanos;
        private double serverSeconds;

        void of(List<Chunk<Change>> chunks, Sink sink, Jedis jedis) {
            double server = serverSeconds(jedis);
            long client = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long start = System.nanoTime();
            for (Chunk<Change> chunk : chunks) {
                Done done = (Done) sink.write(chunk);
                offers += done.written() + done.stale();
            }
            nanos += System.nanoTime() - start;
            clientNanos += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - client;
            serverSeconds += serverSeconds(jedis) - server;
        }

        void print(String what) {
            System.out.printf(
                    Locale.ROOT,
                    "%-10s %,10d offers: %,9.0f offers/s; CPU-s per million: client %.2f, server %.2f%n",
                    what,
                    offers,
                    offers / (nanos / 1e9),
                    clientNanos / 1e9 / offers * 1e6,
                    serverSeconds / offers * 1e6);
        }

        private static double serverSeconds(Jedis jedis) {
            return info(jedis, "cpu", "used_cpu_sys") + info(jedis, "cpu", "used_cpu_user");
        }
    }

    private static double stream(Jedis jedis) {
        return jedis.memoryUsage(new RedisKeys("offerstorm").changes(), 0);
    }

    private static double info(Jedis jedis, String section, String name) {
        return Double.parseDouble(text(jedis, section, name));
    }

    private static String text(Jedis jedis, String section, String name) {
        return jedis.info(section)
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }
}
