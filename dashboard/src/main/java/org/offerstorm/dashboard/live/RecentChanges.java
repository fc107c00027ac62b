package org.offerstorm.dashboard.live;

import java.util.ArrayDeque;
import java.util.List;
import org.offerstorm.sinks.redis.CountedChange;

/** The latest changes, for a feed that starts. Used by the reader's thread; any thread may call {@link #view}. */
final class RecentChanges {
    private static final int KEPT = 100;

    private final ArrayDeque<CountedChange> changes = new ArrayDeque<>();
    private volatile List<CountedChange> view = List.of();

    void add(CountedChange change) {
        if (changes.size() == KEPT) {
            changes.removeFirst();
        }
        changes.addLast(change);
    }

    void clear() {
        changes.clear();
    }

    /** Null if there is none. */
    CountedChange newest() {
        return changes.peekLast();
    }

    /** Shows others what was added since. */
    void publish() {
        view = List.copyOf(changes);
    }

    /** What was published last, oldest first; unchanging. */
    List<CountedChange> view() {
        return view;
    }
}
