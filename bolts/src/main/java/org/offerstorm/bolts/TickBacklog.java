package org.offerstorm.bolts;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether ticks wait behind the one that is executed now. They come once a second, no matter what the executor does;
 * those that came during a slow call are in its queue, between the chunks that came meanwhile. Ticks carry no time,
 * so they are counted against the clock; one that comes after a quiet time has none behind it, which sets the count right.
 * One thread.
 */
final class TickBacklog {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** Taking in what waits takes less: it is put into a list, nothing else. */
    private static final Duration QUIET = Duration.ofMillis(300);

    private Instant reference;
    private long seen;
    private Instant busyUntil = Instant.MIN;

    /**
     * Called with each tick.
     *
     * @return whether it is the last one that waits, as far as one can know
     */
    boolean isLast(Instant now) {
        if (reference == null || !now.isBefore(busyUntil.plus(QUIET))) {
            reference = now;
            seen = 0;
        }
        seen++;
        busyUntil = now;
        long made = 1 + Duration.between(reference, now).dividedBy(PERIOD);
        return made <= seen;
    }

    /** Called when a call of a store has ended. */
    void busyUntil(Instant now) {
        busyUntil = now;
    }
}
