package org.offerstorm.core.check;

import java.util.function.Consumer;

/**
 * Looks at one server as the worker will use it: the same client, settings, secrets and deadlines. Run once, on a
 * dedicated thread, while other checks run on theirs.
 */
public interface Check {
    /** What is looked at, one or two words: {@code redis}. */
    String name();

    /** Its address, without secrets. */
    String where();

    /**
     * Looks, and reports each finding as soon as it is known: if the check takes too long, the earlier findings stay.
     * May be interrupted.
     *
     * @throws Exception if it could not look at all; the caller reports that as a failure
     */
    void run(Consumer<Finding> found) throws Exception;
}
