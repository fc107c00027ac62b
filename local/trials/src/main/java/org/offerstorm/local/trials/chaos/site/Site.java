package org.offerstorm.local.trials.chaos.site;

import java.nio.file.Path;
import java.util.Random;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.local.cluster.ClusterControl;

/** What faults reach. Used by one thread; {@link #log} by any. */
public interface Site {
    ClusterControl cluster();

    /** Addresses of the servers themselves. */
    OfferstormConfig direct();

    /**
     * The lake's commands.
     *
     * @throws IllegalStateException if the run has no lake
     */
    LakeRuns lake();

    /** Between the topology and its servers. */
    Proxies proxies();

    /** Of this step, seeded. */
    Random random();

    /** The cluster's. */
    Path directory();

    /**
     * Runs a command of ours with the run's configuration; what it prints goes to the run's log.
     *
     * @param words one word that names the command ({@code submit}), then its arguments
     * @return its exit code
     */
    int offerstorm(String... words);

    /** A line of the run's log. */
    void log(String line);

    /**
     * As {@link #offerstorm}, for a command that has to succeed.
     *
     * @throws IllegalStateException if its exit code is not 0
     */
    default void must(String... words) {
        int code = offerstorm(words);
        if (code != 0) {
            throw new IllegalStateException("'offerstorm " + String.join(" ", words) + "' ended with exit code " + code
                    + "; the run's log has what it said");
        }
    }
}
