package org.offerstorm.dashboard.live;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.offerstorm.sinks.redis.CountedChange;
import org.offerstorm.sinks.redis.RedisLive;

/**
 * The table as others see it, the updates that led to it, and the listeners that are called after a change. The reader's
 * thread publishes; any thread may read.
 */
final class Publisher {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Updates updates = new Updates();
    private volatile Table table = Table.EMPTY;

    /** Grows once a second, also without changes: a sign of life. */
    private volatile long beat;

    /** Calls {@code listener} on the reader's thread after each change; it must be quick. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    Table table() {
        return table;
    }

    Updates updates() {
        return updates;
    }

    long beat() {
        return beat;
    }

    /**
     * Makes a state the table.
     *
     * @param sum what happened since the table before
     * @param newest change that is known, or null
     * @param whole the sum does not explain the table
     */
    void publish(RedisLive.State state, Sum sum, CountedChange newest, boolean whole) {
        Table before = table;
        Table after = before.next(state, newest);
        updates.add(sum.from(before.newest(), after, whole));
        table = after;
        tell();
    }

    /** The figures next to the table have changed, or are a second older. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // the reader's thread alone
    void nextBeat() {
        beat++;
        tell();
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }
}
