package org.offerstorm.local.redis;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.RedisConfig;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.local.server.EmbeddedRedis;
import org.offerstorm.sinks.contract.SinkContract;
import org.offerstorm.sinks.redis.RedisCounts;
import org.offerstorm.sinks.redis.RedisSinkFactory;
import redis.clients.jedis.Jedis;

final class RedisSinkContractTest extends SinkContract {
    @TempDir
    static Path directory;

    private static EmbeddedRedis redis;
    private static RedisConfig config;

    @BeforeAll
    static void startRedis() throws IOException {
        redis = EmbeddedRedis.start(directory, 0);
        config = new RedisConfig(redis.uri(), "contract", 1_000, Duration.ofSeconds(5));
    }

    @AfterAll
    static void stopRedis() throws IOException {
        if (redis != null) {
            redis.close();
        }
    }

    @BeforeEach
    void emptyStore() {
        try (Jedis jedis = new Jedis(redis.uri())) {
            jedis.flushAll();
        }
    }

    @Override
    protected Sink open(SinkContext context) {
        return new RedisSinkFactory(config).create(context);
    }

    @Override
    protected Map<String, Long> counts() throws IOException {
        try (RedisCounts table = new RedisCounts(config)) {
            Map<String, Long> counts = new HashMap<>();
            table.read().forEach((cell, n) -> counts.put(cell.key(), n));
            return counts;
        }
    }
}
