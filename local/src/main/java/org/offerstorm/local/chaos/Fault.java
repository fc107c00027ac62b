package org.offerstorm.local.chaos;

import java.time.Duration;

/**
 * Something that goes wrong in a cluster, and is put right again. One object serves one step of a plan, on one thread: inject, then
 * ({@link #lasts} later) heal.
 */
public interface Fault {
    /** Lower case and hyphens: {@code redis-kill}. */
    String name();

    /** For {@code --list}: what is done, and what must hold; one or two short sentences. */
    String description();

    /** From the end of inject to heal. */
    Duration lasts();

    void inject(Site site) throws Exception;

    /** Idempotent; also called when inject threw half way, and at Ctrl-C. */
    void heal(Site site) throws Exception;

    /**
     * Whether workers may end of it other than by {@link org.offerstorm.local.cluster.ClusterControl#kill}: of themselves, or by their
     * Supervisor. Every other end of a worker is an anomaly of the run.
     */
    default boolean endsWorkers() {
        return false;
    }
}
