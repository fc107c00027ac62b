package org.offerstorm.dashboard.live;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.offerstorm.core.model.Cell;
import org.offerstorm.sinks.redis.ChangeId;
import org.offerstorm.sinks.redis.CountedChange;
import org.offerstorm.sinks.redis.RedisLive;

/** Adds changes up, however many: what it holds is bounded by the number of cells. Used by one thread. */
final class Sum {
    private final Map<Cell, Long> cells = new LinkedHashMap<>();
    private ChangeId last;
    private long added;
    private long corrected;
    private long deleted;
    private boolean empty = true;

    /** @param after where the sum begins */
    Sum(ChangeId after) {
        this.last = after;
    }

    void add(List<CountedChange> changes) {
        for (CountedChange change : changes) {
            empty = false;
            last = change.id();
            added += change.added();
            corrected += change.corrected();
            deleted += change.deleted();
            change.cells().forEach((cell, by) -> cells.merge(cell, by, Long::sum));
        }
    }

    boolean isEmpty() {
        return empty;
    }

    /** Id of the newest change in it. */
    ChangeId last() {
        return last;
    }

    /** Whether it made the state of the table before; it did not if Redis lost or trimmed some changes. */
    boolean explains(Table before, RedisLive.State after) {
        if (!after.newest().equals(last)) {
            return false;
        }
        Set<Cell> all = new HashSet<>(before.counts().keySet());
        all.addAll(after.counts().keySet());
        for (Cell cell : all) {
            long expected = before.counts().getOrDefault(cell, 0L) + cells.getOrDefault(cell, 0L);
            if (expected != after.counts().getOrDefault(cell, 0L)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The sum as an update.
     *
     * @param before where it begins
     * @param whole the sum does not explain the table
     */
    Update from(ChangeId before, Table after, boolean whole) {
        Map<Cell, CellMove> moves = new LinkedHashMap<>();
        cells.forEach(
                (cell, by) -> moves.put(cell, new CellMove(by, after.counts().getOrDefault(cell, 0L))));
        return new Update(
                after.number(),
                before,
                after.newest(),
                whole,
                after.asOf(),
                after.changedAt(),
                added,
                corrected,
                deleted,
                after.total(),
                moves);
    }
}
