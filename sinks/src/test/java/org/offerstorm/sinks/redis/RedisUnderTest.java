package org.offerstorm.sinks.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.offerstorm.local.servers.EmbeddedRedis;
import redis.clients.jedis.Jedis;

/** A Redis for the tests of a class, empty before each. Register it as a static field. */
public final class RedisUnderTest implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    /** Each write waits for the disk, which may be busy for long. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Path directory;
    private EmbeddedRedis redis;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory("offerstorm-redis");
        redis = EmbeddedRedis.start(directory, 0);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        try (Jedis jedis = client()) {
            jedis.flushAll();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        try {
            if (redis != null) {
                redis.close();
            }
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted((a, b) -> b.compareTo(a)).forEach(RedisUnderTest::delete);
            }
        }
    }

    public RedisConfig config() {
        return new RedisConfig(redis.uri(), "test", 1_000, PATIENCE);
    }

    public Jedis client() {
        return new Jedis(URI.create(redis.uri()), (int) PATIENCE.toMillis());
    }

    public long pid() {
        return redis.pid();
    }

    /** Like a power cut, but for the disk's cache. */
    public void kill() {
        ProcessHandle process = ProcessHandle.of(redis.pid()).orElseThrow();
        process.destroyForcibly();
    }

    /** Starts it again where it was. */
    public void restart() throws IOException {
        redis.close(); // if it still lives
        redis = EmbeddedRedis.start(directory, redis.port());
    }

    /** The table by cell key. */
    public Map<String, Long> counts() throws IOException {
        try (RedisCounts table = new RedisCounts(config())) {
            Map<String, Long> counts = new HashMap<>();
            table.read().forEach((cell, n) -> counts.put(cell.key(), n));
            return counts;
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
