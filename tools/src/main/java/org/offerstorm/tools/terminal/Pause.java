package org.offerstorm.tools.terminal;

import java.time.Duration;
import org.offerstorm.core.check.Failure;

/** A wait between two looks at something that another process does. Safe for use by many threads. */
public final class Pause {
    private Pause() {}

    /**
     * Waits.
     *
     * @throws Failure if the thread is interrupted; it stays so
     */
    public static void of(Duration time) {
        millis(time.toMillis());
    }

    /**
     * Waits.
     *
     * @throws Failure if the thread is interrupted; it stays so
     */
    public static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.interrupted("interrupted", e);
        }
    }
}
