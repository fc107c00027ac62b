package org.offerstorm.dashboard.live;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.config.RedisConfig;
import org.offerstorm.core.model.Cell;
import org.offerstorm.sinks.redis.CountedChange;
import org.offerstorm.sinks.redis.RedisLive;
import redis.clients.jedis.StreamEntryID;

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
    public synchronized Update since(StreamEntryID id, Table table) throws IOException {
        StreamEntryID oldest = redis.oldest();
        if (id.compareTo(table.newest()) > 0 || oldest.compareTo(id) > 0 || oldest.equals(RedisLive.START)) {
            return null;
        }
        Map<Cell, CellMove> cells = new LinkedHashMap<>();
        long added = 0;
        long corrected = 0;
        long deleted = 0;
        StreamEntryID at = id;
        while (at.compareTo(table.newest()) < 0) {
            List<CountedChange> page = redis.changes(at, PAGE);
            if (page.isEmpty()) {
                return null; // the stream was cut meanwhile
            }
            for (CountedChange change : page) {
                if (change.id().compareTo(table.newest()) <= 0) {
                    added += change.added();
                    corrected += change.corrected();
                    deleted += change.deleted();
                    change.cells()
                            .forEach((cell, by) -> cells.merge(
                                    cell,
                                    new CellMove(by, table.counts().getOrDefault(cell, 0L)),
                                    (a, b) -> new CellMove(a.by() + b.by(), b.count())));
                }
            }
            at = page.get(page.size() - 1).id();
        }
        return new Update(
                table.number(),
                id,
                table.newest(),
                false,
                table.asOf(),
                table.changedAt(),
                added,
                corrected,
                deleted,
                table.total(),
                cells);
    }

    @Override
    public synchronized void close() {
        redis.close();
    }
}
