package org.offerstorm.lake.batch;

/** Learns what a run does, step by step. */
@FunctionalInterface
public interface RunProgress {
    /** Tells nobody. */
    RunProgress NONE = step -> {};

    /** The run begins this step now. */
    void begins(Step step);

    /** The steps, in order. */
    enum Step {
        TABLES("looking at the tables"),
        CUT("reading what is durable"),
        CLEAN("dropping what a killed run left"),
        BRANCH("history: branch"),
        MERGE("history: merging"),
        APPEND("history: adding"),
        AUDIT("history: audit"),
        PUBLISH("history: publishing"),
        COUNTS_BRANCH("counts: branch"),
        COUNTS("counts: counting"),
        COUNTS_AUDIT("counts: audit"),
        COUNTS_PUBLISH("counts: publishing"),
        DONE("done");

        private final String description;

        Step(String description) {
            this.description = description;
        }

        /** For people. */
        public String description() {
            return description;
        }
    }
}
