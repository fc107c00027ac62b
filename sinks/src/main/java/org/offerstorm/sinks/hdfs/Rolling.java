package org.offerstorm.sinks.hdfs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * When a file is finished.
 *
 * @param bytes at this length
 * @param age this long after its first row
 */
record Rolling(long bytes, Duration age, InstantSource clock) {
    Instant now() {
        return clock.instant();
    }

    boolean isDue(long length, Instant since, Instant now) {
        return length >= bytes || !now.isBefore(since.plus(age));
    }
}
