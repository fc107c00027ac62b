package org.offerstorm.sinks.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
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
import redis.clients.jedis.Jedis;

/** A sink before an empty Redis, and chunks of one log for it. */
abstract class RedisSinkFixture {
    @RegisterExtension
    static final RedisUnderTest REDIS = new RedisUnderTest();

    static final Source SOURCE = new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 1, 1);
    static final Cell TECH = Cell.of("Tech", Continent.EU);
    static final Cell RETAIL = Cell.of("Retail", Continent.AS);

    /** Close to Redis' own clock, by which keys expire. */
    final Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);

    final RedisConfig config = REDIS.config();
    final RedisKeys keys = new RedisKeys(config.tag());
    final ChunkBuilder log = new ChunkBuilder(SOURCE).timestamp(now.toEpochMilli());
    Jedis jedis;
    Sink sink;

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

    void done(Chunk<Change> chunk) {
        assertThat(sink.write(chunk)).isInstanceOf(Done.class);
    }

    String held(Chunk<Change> chunk) {
        WriteResult result = sink.write(chunk);
        assertThat(result).isInstanceOf(Retryable.class);
        return ((Retryable) result).message();
    }

    Map<Integer, Long> coverage() throws IOException {
        try (RedisCoverage reader = new RedisCoverage(config)) {
            return reader.coverage(SOURCE);
        }
    }
}
