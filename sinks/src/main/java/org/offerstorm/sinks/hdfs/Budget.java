package org.offerstorm.sinks.hdfs;

import java.time.Duration;

/** How long a call may continue work that can be left for the next call. */
final class Budget {
    private final long end;

    private Budget(long end) {
        this.end = end;
    }

    static Budget of(Duration duration) {
        return new Budget(System.nanoTime() + duration.toNanos());
    }

    boolean isSpent() {
        return System.nanoTime() - end >= 0;
    }
}
