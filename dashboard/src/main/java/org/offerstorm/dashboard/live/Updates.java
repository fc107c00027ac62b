package org.offerstorm.dashboard.live;

import java.util.ArrayDeque;
import java.util.Iterator;

/** The latest updates, so that a viewer that missed some gets them as one. Used by several threads. */
public final class Updates {
    /** About ten seconds at full rate; a viewer that is further behind gets the whole table. */
    private static final int KEPT = 100;

    private final ArrayDeque<Update> updates = new ArrayDeque<>();

    synchronized void add(Update update) {
        if (updates.size() == KEPT) {
            updates.removeFirst();
        }
        updates.addLast(update);
    }

    /**
     * What happened from the table with this number to that one.
     *
     * @return null if that is not known any more, or must be shown as a whole table
     */
    public synchronized Update between(long from, long to) {
        Update sum = null;
        for (Iterator<Update> each = updates.iterator(); each.hasNext(); ) {
            Update update = each.next();
            if (update.number() > from && update.number() <= to) {
                if (sum == null && update.number() != from + 1) {
                    return null;
                }
                sum = sum == null ? update : sum.then(update);
            }
        }
        return sum == null || sum.whole() || sum.number() != to ? null : sum;
    }
}
