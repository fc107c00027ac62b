package org.offerstorm.dashboard.live;

import java.util.Collections;
import java.util.Map;
import org.offerstorm.core.model.Cell;
import org.offerstorm.sinks.redis.ChangeId;
import org.offerstorm.sinks.redis.CountedChange;
import org.offerstorm.sinks.redis.RedisLive;

/**
 * The table category × continent of one moment. Immutable; its cells always sum to its total.
 *
 * @param number of the update that made it; 0 before the first
 * @param counts live offers of each cell, in the order of the cells' keys
 * @param newest id of the newest change that is in it
 * @param asOf largest record timestamp of the newest change, ms since 1970; 0 if nothing was ever counted
 * @param changedAt when Redis took that change, ms since 1970; 0 likewise
 * @param total live offers
 */
public record Table(long number, Map<Cell, Long> counts, ChangeId newest, long asOf, long changedAt, long total) {
    static final Table EMPTY = new Table(0, Map.of(), RedisLive.START, 0, 0, 0);

    public Table {
        counts = Collections.unmodifiableMap(counts);
    }

    /**
     * The table that follows.
     *
     * @param change the newest that is known, or null
     */
    Table next(RedisLive.State state, CountedChange change) {
        long sum = 0;
        for (long count : state.counts().values()) {
            sum += count;
        }
        return new Table(
                number + 1,
                state.counts(),
                state.newest(),
                change == null ? 0 : change.at(),
                change == null ? 0 : change.writtenAt(),
                sum);
    }
}
