package org.offerstorm.local.trials.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What a run showed.
 *
 * @param seed of the plan
 * @param steps those that were started
 * @param sinks in the order of the table
 * @param sent records that Kafka confirmed
 * @param unconfirmed records of which Kafka did not say whether it has them
 * @param emitted records that the spouts emitted, as far as the workers reported it
 * @param replayedChunks chunks that a running spout emitted again
 * @param workerEnds workers that ended
 * @param unexplainedEnds those of them that no fault ended
 * @param countReads reads of Redis' table
 * @param brokenReads those of them that showed what cannot be
 * @param brokenExamples some of that
 * @param lostByKafka records that Kafka confirmed, and no longer has as they were; null if that was not compared
 * @param lostExamples some of them
 * @param verify exit code of {@code verify}; null if it did not come to that
 * @param lake what the lake's commands said; null if there is no lake
 */
public record Report(
        long seed,
        int planned,
        List<StepResult> steps,
        List<String> sinks,
        long sent,
        long unconfirmed,
        long emitted,
        long replayedChunks,
        int workerEnds,
        List<String> unexplainedEnds,
        long countReads,
        long brokenReads,
        List<String> brokenExamples,
        Long lostByKafka,
        List<String> lostExamples,
        Integer verify,
        LakeVerdict lake) {
    public Report {
        steps = List.copyOf(steps);
        sinks = List.copyOf(sinks);
        unexplainedEnds = List.copyOf(unexplainedEnds);
        brokenExamples = List.copyOf(brokenExamples);
        lostExamples = List.copyOf(lostExamples);
    }

    /** Whether all that must hold held. */
    @JsonProperty("fine")
    boolean isFine() {
        return steps.size() == planned
                && steps.stream().allMatch(StepResult::isFresh)
                && unexplainedEnds.isEmpty()
                && brokenReads == 0
                && lostByKafka != null
                && lostByKafka == 0
                && verify != null
                && verify == 0
                && (lake == null || lake.agrees());
    }

    /** Steps whose end was seen. */
    long goneThrough() {
        return steps.stream().filter(step -> !step.isInterrupted()).count();
    }

    /** 0 or 1. */
    int exitCode() {
        return isFine() ? 0 : 1;
    }

    /** Seconds from a worker's kill until all sinks were fresh, in ascending order. */
    List<Double> killToFresh() {
        return steps.stream()
                .filter(step -> step.kill() && step.isFresh())
                .map(StepResult::slowest)
                .sorted()
                .toList();
    }

    /** Emitted for each that was sent. */
    double emittedOfSent() {
        return sent == 0 ? 0 : (double) emitted / sent;
    }

    /** The smallest value that {@code part} of all values do not exceed (nearest rank). */
    static double quantile(List<Double> ascending, double part) {
        return ascending.get((int) Math.max(0, Math.ceil(part * ascending.size()) - 1));
    }
}
