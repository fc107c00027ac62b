package org.offerstorm.local.trials.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.offerstorm.core.model.Cell;
import org.offerstorm.tools.generate.Event;

/**
 * What a table of counts may show while the load runs: no more offers in all than were ever published, in no cell more than
 * ever came into it, and no cell without offers. Any thread.
 */
final class CountBounds {
    private final AtomicLong published = new AtomicLong();
    /** How often an offer came into a cell. */
    private final Map<Cell, LongAdder> entered = new ConcurrentHashMap<>();

    private final boolean cells;

    /** @param cells whether the load's offers count in the cells that the generator says */
    CountBounds(boolean cells) {
        this.cells = cells;
    }

    /** This is going to be produced. */
    void produced(Event event) {
        if (event.kind() == Event.Kind.INSERT) {
            published.incrementAndGet();
        }
        if (event.after() != null && !event.after().equals(event.before())) {
            entered.computeIfAbsent(event.after(), cell -> new LongAdder()).increment();
        }
    }

    /** What is wrong with a table that was read before this is called; empty if nothing. */
    List<String> broken(Map<Cell, Long> table) {
        List<String> broken = new ArrayList<>();
        long sum = 0;
        for (Map.Entry<Cell, Long> entry : table.entrySet()) {
            long count = entry.getValue();
            sum += count;
            LongAdder came = entered.get(entry.getKey());
            long most = !cells ? Long.MAX_VALUE : came == null ? 0 : came.sum();
            if (count < 1 || count > most) {
                broken.add(
                        entry.getKey().key() + " is " + count + (count < 1 ? "" : ", and " + most + " came into it"));
            }
        }
        long most = published.get();
        if (sum > most) {
            broken.add("the sum is " + sum + ", and " + most + " offers were published");
        }
        return broken;
    }
}
