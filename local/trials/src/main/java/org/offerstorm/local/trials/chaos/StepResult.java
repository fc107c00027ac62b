package org.offerstorm.local.trials.chaos;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of one step.
 *
 * @param number of the step, from 1
 * @param atSeconds when it began, since the load did
 * @param outcome {@link #FRESH}, {@link #NOT_FRESH}, {@link #INTERRUPTED} (healed, its end not waited for), or {@link #FAILED}
 *     and why
 * @param freshSeconds sink to seconds until it was fresh again; a sink that was not is absent
 * @param rereadSeconds of input that was read again after a worker's death; null if none was killed
 * @param kill whether the step was the kill of workers and nothing else
 */
public record StepResult(
        int number,
        double atSeconds,
        String fault,
        String outcome,
        Map<String, Double> freshSeconds,
        Double rereadSeconds,
        boolean kill) {
    static final String FRESH = "fresh";
    static final String NOT_FRESH = "not fresh";
    static final String FAILED = "failed";
    static final String INTERRUPTED = "interrupted";

    public StepResult {
        freshSeconds = Collections.unmodifiableMap(new LinkedHashMap<>(freshSeconds));
    }

    boolean isInterrupted() {
        return outcome.equals(INTERRUPTED);
    }

    boolean isFresh() {
        return outcome.equals(FRESH);
    }

    /** Seconds until the last sink was fresh. */
    double slowest() {
        return freshSeconds.values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }
}
