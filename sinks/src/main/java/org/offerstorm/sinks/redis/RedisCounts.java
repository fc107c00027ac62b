package org.offerstorm.sinks.redis;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.offerstorm.core.config.RedisConfig;
import org.offerstorm.core.model.Cell;

/**
 * Reads the table category × continent: one call, whatever its size. For the {@code counts} command and dashboards; used
 * by one thread. Connects at the first call and anew after any error.
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
     * @throws IOException if Redis cannot be asked now, or what it holds is no table
     */
    public Map<Cell, Long> read() throws IOException {
        Map<String, String> stored;
        connection.begin();
        try {
            stored = new TreeMap<>(connection.get().hgetAll(keys.counts()));
        } catch (RuntimeException e) { // whatever the client throws: connect anew next time
            connection.close();
            throw new IOException("redis " + connection.address() + ": " + RedisConnection.describe(e), e);
        }
        Map<Cell, Long> counts = new LinkedHashMap<>();
        try {
            stored.forEach((key, n) -> counts.put(Cell.ofKey(key), Long.valueOf(n)));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    keys.counts() + " in redis " + connection.address() + " is no table: " + e.getMessage(), e);
        }
        return counts;
    }

    @Override
    public void close() {
        connection.close();
    }
}
