package org.offerstorm.topology.operate;

import org.offerstorm.topology.Failure;

/** A wait between two looks at the cluster. */
final class Pause {
    private Pause() {}

    static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.difference("interrupted");
        }
    }
}
