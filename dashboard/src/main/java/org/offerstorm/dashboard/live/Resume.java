package org.offerstorm.dashboard.live;

import java.io.IOException;
import java.util.List;
import org.offerstorm.sinks.redis.ChangeId;
import org.offerstorm.sinks.redis.CountedChange;
import org.offerstorm.sinks.redis.RedisConfig;
import org.offerstorm.sinks.redis.RedisLive;

/**
 * For a client that comes back with the id of the last change that it saw, further back than {@link Updates} reaches (this
 * process may have been started since): what it missed, from the stream. One connection, used by one thread after another.
 */
public final class Resume implements AutoCloseable {
    private static final int PAGE = 500;

    private final RedisLive redis;

    /** Does not connect. */
    public Resume(RedisConfig config) {
        this.redis = new RedisLive(config);
    }

    /**
     * All that happened after {@code id} up to {@code table}, as one update.
     *
     * @return null if the stream does not reach back so far
     * @throws IOException if Redis cannot be asked now
     */
    public synchronized Update since(ChangeId id, Table table) throws IOException {
        ChangeId oldest = redis.oldest();
        if (id.compareTo(table.newest()) > 0 || oldest.compareTo(id) > 0 || oldest.equals(RedisLive.START)) {
            return null;
        }
        Sum sum = new Sum(id);
        while (sum.last().compareTo(table.newest()) < 0) {
            List<CountedChange> page = redis.changes(sum.last(), PAGE).stream()
                    .filter(change -> change.id().compareTo(table.newest()) <= 0)
                    .toList();
            if (page.isEmpty()) {
                return null; // the stream has been trimmed since
            }
            sum.add(page);
        }
        return sum.from(id, table, false);
    }

    @Override
    public synchronized void close() {
        redis.close();
    }
}
