package org.offerstorm.dashboard.pipeline;

import java.util.List;

/**
 * The pipeline at one moment. Immutable.
 *
 * @param at milliseconds since 1970
 * @param isSet whether {@code dashboard.workers} names any
 * @param problem what is wrong with that option's file; empty if nothing is
 * @param workers in the order in which they are listed
 * @param steps from Kafka to the dead letters
 */
public record PipelineView(long at, boolean isSet, String problem, List<Worker> workers, List<Step> steps) {
    /** How a step does. */
    public enum State {
        /** It works, or has nothing to do. */
        FINE,
        /** It works, but what it does is more than a minute old. */
        BEHIND,
        /** It waits for something that is away. */
        HOLDING,
        /** Its store does not answer the dashboard. */
        AWAY,
        /** Nobody tells. */
        UNKNOWN
    }

    /**
     * A worker.
     *
     * @param answers whether it answers now
     * @param since when that began, in milliseconds since 1970
     * @param reason why it does not answer; empty if it does
     * @param topology Storm's id of its topology; empty if it never answered
     */
    public record Worker(String address, boolean answers, long since, String reason, String topology) {}

    /**
     * A step.
     *
     * @param id {@code kafka}, {@code spout}, {@code parse}, {@code continent}, a sink's name, or {@code dead-letters}
     * @param from the step that hands over to this one; empty if none does
     * @param isSink whether it is a store at the end
     * @param since when the state began, in milliseconds since 1970
     * @param reasons why, one sentence each; empty if it is fine
     * @param rate records or changes a second; not a number if it is not known
     * @param p50 seconds from Kafka's time of a record until it is durable there, of the last minute; the upper bound of a
     *     histogram's bucket; not a number if it is not known
     * @param p99 the same of the slowest hundredth
     * @param figures what else is known
     */
    public record Step(
            String id,
            String title,
            String from,
            boolean isSink,
            State state,
            long since,
            List<String> reasons,
            double rate,
            double p50,
            double p99,
            List<Figure> figures) {}

    /**
     * A number of a step.
     *
     * @param name {@code lag}
     * @param title for people
     * @param value in the unit that the name and the title say
     */
    public record Figure(String name, String title, double value) {}

    static PipelineView none(long at, boolean isSet) {
        return new PipelineView(at, isSet, "", List.of(), List.of());
    }
}
