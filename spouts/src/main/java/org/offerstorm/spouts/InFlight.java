package org.offerstorm.spouts;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Chunks that the topology has not answered yet, and the lost ones that wait for their next emission. A chunk is
 * forgotten, payload and all, when it is acked. Used by the executor thread alone, but for {@link #size}.
 */
final class InFlight {
    /** A chunk under its message id; a lost chunk keeps its id. */
    record Entry(Long id, Cut cut) {}

    private final Map<Long, Cut> cuts = new HashMap<>();
    private final ArrayDeque<Entry> lost = new ArrayDeque<>();
    private long lastId;
    private volatile int size;

    Entry add(Cut cut) {
        Entry entry = new Entry(++lastId, cut);
        put(entry);
        return entry;
    }

    /** A lost chunk is on its way again. */
    void put(Entry entry) {
        cuts.put(entry.id(), entry.cut());
        size = cuts.size();
    }

    /** The answer came; nothing if the id is unknown. */
    Optional<Cut> remove(Object id) {
        Optional<Cut> cut = Optional.ofNullable(cuts.remove(id));
        size = cuts.size();
        return cut;
    }

    void lose(Entry entry) {
        lost.add(entry);
    }

    Optional<Entry> nextLost() {
        return Optional.ofNullable(lost.poll());
    }

    boolean isIdle() {
        return cuts.isEmpty() && lost.isEmpty();
    }

    /** Chunks in flight; any thread. */
    int size() {
        return size;
    }
}
