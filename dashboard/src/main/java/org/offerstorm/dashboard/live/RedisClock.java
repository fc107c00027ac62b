package org.offerstorm.dashboard.live;

import java.time.InstantSource;

/** The clock of Redis, as this machine's and the difference that was seen last. Set by the reader's thread, read by any. */
final class RedisClock {
    private final InstantSource clock;
    /** Difference of the clock of Redis to this machine's, ms. */
    private volatile long skew;

    RedisClock(InstantSource clock) {
        this.clock = clock;
    }

    /** @param now what Redis says, ms since 1970 */
    void set(long now) {
        skew = now - clock.millis();
    }

    /** As well as it is known; ms since 1970. */
    long now() {
        return clock.millis() + skew;
    }
}
