package org.offerstorm.local.trials.chaos.site;

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

    /**
     * Injects the fault.
     *
     * @throws Exception if that cannot be done, or if what must hold during the fault does not: either fails the run
     */
    void inject(Site site) throws Exception;

    /**
     * Heals the fault. Idempotent; also called when inject threw half way, and at Ctrl-C.
     *
     * @throws Exception as {@link #inject}
     */
    void heal(Site site) throws Exception;

    /**
     * Whether workers may end because of it other than by {@link org.offerstorm.local.cluster.ClusterControl#kill}: by themselves, or by their
     * Supervisor. Every other end of a worker is an anomaly of the run.
     */
    default boolean endsWorkers() {
        return false;
    }

    /** Whether it is about the lake, which not every run has. */
    default boolean needsLake() {
        return false;
    }

    /** Whether it reads what is sent, which is encrypted if the wires are closed. */
    default boolean readsRequests() {
        return false;
    }

    /** From the start of inject until the sinks are fresh again, as a rule: for the length of a plan. */
    default Duration takes() {
        return lasts().plusSeconds(12);
    }
}
