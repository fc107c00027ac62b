package org.offerstorm.sinks.hdfs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes when a test says so. */
final class TestClock implements InstantSource {
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    void pass(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
