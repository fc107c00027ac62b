package org.offerstorm.sinks.solr;

import java.time.Duration;

/** End of a call. Uses the JVM's monotonic time, because a call must end in time even if the clock is set. */
record Deadline(long atNanos) {
    static Deadline after(Duration timeout) {
        return new Deadline(System.nanoTime() + timeout.toNanos());
    }

    /** What is left, or zero. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, atNanos - System.nanoTime()));
    }
}
