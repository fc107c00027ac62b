package org.offerstorm.lake.batch;

/** Learns what a run does, step by step. */
@FunctionalInterface
public interface RunProgress {
    /** Tells nobody. */
    RunProgress NONE = step -> {};

    /** The run begins this step now. */
    void begins(Step step);

    /** The steps, in order; those from {@link #BRANCH} on are taken for each table. */
    enum Step {
        TABLES,
        CUT,
        CLEAN,
        BRANCH,
        MERGE,
        AUDIT,
        PUBLISH,
        COUNTS_BRANCH,
        COUNTS,
        COUNTS_AUDIT,
        COUNTS_PUBLISH,
        DONE
    }
}
