package org.offerstorm.sinks.redis;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.offerstorm.core.model.Cell;
import redis.clients.jedis.Jedis;

/**
 * Reads the table category × continent: one call, regardless of its size. The {@code counts} command and dashboards use
 * it. Called by one thread; connects at the first call and again after any error.
 */
public final class RedisCounts implements AutoCloseable {
    private final RedisConnection connection;
    private final RedisKeys keys;

    /** Does not connect. */
    public RedisCounts(RedisConfig config) {
        this.connection = new RedisConnection(config);
        this.keys = new RedisKeys(config.tag());
    }

    /**
     * Live offers of each cell, in the order of the cells' keys; cells without offers are absent. Empty if nothing was
     * ever counted.
     *
     * @throws IOException if Redis cannot be asked now, or if what it holds is not a table
     */
    public Map<Cell, Long> read() throws IOException {
        Map<String, String> stored = ask(jedis -> jedis.hgetAll(keys.counts()));
        Map<Cell, Long> counts = new LinkedHashMap<>();
        try {
            new TreeMap<>(stored).forEach((key, n) -> counts.put(Cell.ofKey(key), Long.valueOf(n)));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    keys.counts() + " in redis " + connection.address() + " is not a table: " + e.getMessage(), e);
        }
        return counts;
    }

    /**
     * Whether anything was ever counted here; if not, the address, the database or the tag may be another one's.
     *
     * @throws IOException if Redis cannot be asked now
     */
    public boolean hasState() throws IOException {
        return ask(jedis -> jedis.exists(keys.meta()));
    }

    /** Where it reads, for messages: tag, database, host and port. */
    public String place() {
        return keys.prefix().substring(0, keys.prefix().length() - 1) + " in database " + connection.database() + " of "
                + connection.address();
    }

    private <T> T ask(Function<Jedis, T> question) throws IOException {
        connection.begin();
        try {
            return question.apply(connection.get());
        } catch (RuntimeException e) { // any error of the client: connect again next time
            connection.close();
            String advice = RedisAdvice.of(e);
            throw new IOException(
                    "redis " + connection.address() + ": " + RedisConnection.describe(e)
                            + (advice == null ? "" : "; " + advice),
                    e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
