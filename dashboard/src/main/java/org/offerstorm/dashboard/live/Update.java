package org.offerstorm.dashboard.live;

import java.util.LinkedHashMap;
import java.util.Map;
import org.offerstorm.core.model.Cell;
import org.offerstorm.sinks.redis.ChangeId;

/**
 * What happened to the table between two moments: one frame of the live page. Immutable.
 *
 * @param number of this update, growing by one
 * @param from the table that it begins with: id of its newest change
 * @param to the table that it leads to
 * @param whole the changes in between are not all known (Redis lost them, or trimmed them while it was unreachable): what counts
 *     is the table, not {@code cells}
 * @param asOf largest record timestamp, ms since 1970
 * @param changedAt when Redis took the newest change, ms since 1970
 * @param total live offers
 * @param cells those that moved
 */
public record Update(
        long number,
        ChangeId from,
        ChangeId to,
        boolean whole,
        long asOf,
        long changedAt,
        long added,
        long corrected,
        long deleted,
        long total,
        Map<Cell, CellMove> cells) {
    /** This update and the one that follows it, as one. */
    Update then(Update next) {
        Map<Cell, CellMove> moved = new LinkedHashMap<>(cells);
        next.cells.forEach((cell, move) ->
                moved.merge(cell, move, (before, after) -> new CellMove(before.by() + after.by(), after.count())));
        return new Update(
                next.number,
                from,
                next.to,
                whole || next.whole,
                next.asOf,
                next.changedAt,
                added + next.added,
                corrected + next.corrected,
                deleted + next.deleted,
                next.total,
                moved);
    }
}
