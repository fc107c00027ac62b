package org.offerstorm.dashboard.live;

import java.util.Map;
import org.offerstorm.core.model.Cell;

/**
 * What Redis took in the last sixty seconds. Immutable.
 *
 * @param added offers that were not live before
 * @param corrected offers that were live and got a newer version
 * @param deleted offers that are no longer live
 * @param cells those that moved
 */
public record LastMinute(long added, long corrected, long deleted, Map<Cell, Move> cells) {
    static final LastMinute NONE = new LastMinute(0, 0, 0, Map.of());

    public LastMinute {
        cells = Map.copyOf(cells);
    }

    public long total() {
        return added + corrected + deleted;
    }
}
