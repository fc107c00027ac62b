package org.offerstorm.dashboard.live;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.offerstorm.core.model.Cell;
import org.offerstorm.sinks.redis.CountedChange;

/**
 * The last sixty seconds, second by second, by the clock of Redis. Its size is bounded by the number of cells, not by the
 * rate. Used by the reader's thread.
 */
final class Window {
    private static final long SECONDS = 60;

    private final ArrayDeque<Second> seconds = new ArrayDeque<>();

    private static final class Second {
        private final long at;
        private final Map<Cell, Move> cells = new HashMap<>();
        private long added;
        private long corrected;
        private long deleted;

        private Second(long at) {
            this.at = at;
        }
    }

    /** Newer changes only. */
    void add(CountedChange change) {
        long at = change.writtenAt() / 1_000;
        if (seconds.isEmpty() || seconds.getLast().at < at) {
            seconds.addLast(new Second(at));
            forget(at);
        }
        Second second = seconds.getLast();
        second.added += change.added();
        second.corrected += change.corrected();
        second.deleted += change.deleted();
        change.cells().forEach((cell, by) -> second.cells.merge(cell, Move.of(by), Move::plus));
    }

    /** What happened in the minute that ends now. */
    LastMinute lastMinute(long nowMillis) {
        forget(nowMillis / 1_000);
        Map<Cell, Move> cells = new HashMap<>();
        long added = 0;
        long corrected = 0;
        long deleted = 0;
        for (Second second : seconds) {
            added += second.added;
            corrected += second.corrected;
            deleted += second.deleted;
            second.cells.forEach((cell, move) -> cells.merge(cell, move, Move::plus));
        }
        return new LastMinute(added, corrected, deleted, cells);
    }

    private void forget(long now) {
        while (!seconds.isEmpty() && seconds.getFirst().at <= now - SECONDS) {
            seconds.removeFirst();
        }
    }
}
