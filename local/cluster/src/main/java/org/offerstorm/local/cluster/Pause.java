package org.offerstorm.local.cluster;

import java.time.Duration;
import org.offerstorm.core.check.Failure;

/** Between two looks at something that another process does. */
final class Pause {
    private Pause() {}

    /** @throws Failure if the thread is interrupted */
    static void of(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unreachable("interrupted", e);
        }
    }
}
