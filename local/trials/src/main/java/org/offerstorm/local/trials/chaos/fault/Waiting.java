package org.offerstorm.local.trials.chaos.fault;

import java.time.Duration;

/** Waits for what a fault needs to have happened before it goes on. */
final class Waiting {
    private static final long POLL_MILLIS = 50;

    private Waiting() {}

    interface Condition {
        boolean holds() throws Exception;
    }

    /**
     * Returns when it holds.
     *
     * @param what in words
     * @throws IllegalStateException if it does not in time
     */
    static void until(String what, Duration patience, Condition condition) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("waited " + patience.toSeconds() + " s in vain: " + what);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }
}
