package org.offerstorm.sinks.hdfs;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long a call may continue work that can be left for the next call. */
final class Budget {
    private final LongSupplier nanos;
    private final long end;

    private Budget(LongSupplier nanos, long end) {
        this.nanos = nanos;
        this.end = end;
    }

    /** @param nanos monotonic time in nanoseconds */
    static Budget of(Duration duration, LongSupplier nanos) {
        return new Budget(nanos, nanos.getAsLong() + duration.toNanos());
    }

    boolean isSpent() {
        return nanos.getAsLong() - end >= 0;
    }
}
