package org.offerstorm.local.demo;

import org.offerstorm.core.check.Failure;

/** Follows the progress of a start; called by any thread. */
@FunctionalInterface
interface StartProgress {
    /** This part answers. */
    void up(String part);

    /** A part will not come up; the others are being stopped. */
    default void failed(Failure why) {}
}
