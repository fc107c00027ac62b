package org.offerstorm.sinks.redis;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.CoverageReader;
import redis.clients.jedis.BuilderFactory;

/**
 * Reads how far Redis has counted each partition. The spout's poller asks once a second, and seeks back when Redis knows
 * less than was acked. Called by one thread; connects at the first call and again after any error.
 */
public final class RedisCoverage implements CoverageReader {
    private static final String SCRIPT = "return {redis.call('HGETALL', KEYS[1]), redis.call('HGETALL', KEYS[2])}";

    private final RedisConnection connection;
    private final RedisKeys keys;

    /** Does not connect. */
    public RedisCoverage(RedisConfig config) {
        this.connection = new RedisConnection(config);
        this.keys = new RedisKeys(config.tag());
    }

    /**
     * With connections that others make.
     *
     * @param nanos monotonic time in nanoseconds
     */
    public RedisCoverage(RedisConfig config, RedisConnector connector, LongSupplier nanos) {
        this.connection = new RedisConnection(config, connector, nanos);
        this.keys = new RedisKeys(config.tag());
    }

    /** Travels in the serialized topology. */
    public static CoverageReader.Factory factory(RedisConfig config) {
        return () -> new RedisCoverage(config);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A state of a lower epoch has no coverage of this source yet: the answer is empty.
     */
    @Override
    public Map<Integer, Long> coverage(Source source) throws IOException {
        Map<String, String> meta;
        Map<String, String> stored;
        connection.begin();
        try {
            List<Object> reply = Moment.read(connection.get(), SCRIPT, List.of(keys.meta(), keys.coverage()));
            meta = BuilderFactory.STRING_MAP.build(reply.get(0));
            stored = BuilderFactory.STRING_MAP.build(reply.get(1));
        } catch (RuntimeException e) { // any error of the client: connect again next time
            connection.close();
            throw new IOException("redis " + connection.address() + ": " + RedisConnection.describe(e), e);
        }
        return isOf(source, meta) ? parse(stored) : Map.of();
    }

    @Override
    public void close() {
        connection.close();
    }

    /** Whether the coverage stored with {@code meta} is of {@code source}; false if nothing is stored yet. */
    private boolean isOf(Source source, Map<String, String> meta) throws IOException {
        if (meta.isEmpty()) {
            return false;
        }
        if (!RedisKeys.FORMAT.equals(meta.get("format"))) {
            throw new IOException("redis " + connection.address() + " " + keys.prefix() + " has state of format "
                    + meta.get("format") + ", this version reads " + RedisKeys.FORMAT);
        }
        Source holder;
        try {
            holder = new Source(
                    meta.get("topic"),
                    meta.get("topic-id"),
                    Integer.parseInt(meta.get("epoch")),
                    Integer.parseInt(meta.get("partitions")));
        } catch (RuntimeException e) { // a field is missing or no number
            throw new IOException(keys.meta() + " in redis " + connection.address() + " is damaged: " + meta, e);
        }
        if (holder.epoch() < source.epoch()) {
            return false;
        }
        if (!holder.equals(source)) {
            throw new IOException("redis " + connection.address() + " " + keys.prefix() + " holds " + holder
                    + ", not " + source + "; use another redis.tag, or raise source.epoch above " + holder.epoch()
                    + " if the topic was re-created");
        }
        return true;
    }

    private static Map<Integer, Long> parse(Map<String, String> stored) throws IOException {
        Map<Integer, Long> coverage = new HashMap<>();
        try {
            stored.forEach((partition, next) -> coverage.put(Integer.valueOf(partition), Long.valueOf(next)));
        } catch (NumberFormatException e) {
            throw new IOException("the coverage in redis is damaged: " + stored, e);
        }
        return coverage;
    }
}
