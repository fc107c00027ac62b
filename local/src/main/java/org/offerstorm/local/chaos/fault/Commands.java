package org.offerstorm.local.chaos.fault;

import org.offerstorm.local.chaos.Site;

/** Commands of ours that have to succeed. */
final class Commands {
    private Commands() {}

    /** @throws IllegalStateException if its exit code is not 0 */
    static void run(Site site, String... words) {
        int code = site.offerstorm(words);
        if (code != 0) {
            throw new IllegalStateException("'offerstorm " + String.join(" ", words) + "' ended with exit code " + code
                    + "; the run's log has what it said");
        }
    }
}
