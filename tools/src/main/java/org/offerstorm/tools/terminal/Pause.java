package org.offerstorm.tools.terminal;

import org.offerstorm.core.check.Failure;

/** A wait between two looks at the cluster. */
public final class Pause {
    private Pause() {}

    public static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.difference("interrupted");
        }
    }
}
