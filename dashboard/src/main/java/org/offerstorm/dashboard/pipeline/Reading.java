package org.offerstorm.dashboard.pipeline;

import java.util.HashMap;
import java.util.Map;
import org.offerstorm.core.figures.Histogram;
import org.offerstorm.tools.figures.TaskFigures;
import org.offerstorm.tools.figures.WorkerFigures;

/**
 * What one worker said at one moment, its tasks of a component added up. Immutable.
 *
 * @param at the worker's time
 * @param numbers by component and metric
 * @param histograms by component and metric
 */
record Reading(long at, Map<String, Long> numbers, Map<String, Histogram> histograms) {
    static Reading of(WorkerFigures figures) {
        Map<String, Long> numbers = new HashMap<>();
        Map<String, Histogram> histograms = new HashMap<>();
        for (TaskFigures task : figures.tasks()) {
            task.numbers().forEach((name, value) -> numbers.merge(key(task.component(), name), value, Long::sum));
            task.histograms()
                    .forEach((name, value) -> histograms.merge(key(task.component(), name), value, Reading::added));
        }
        return new Reading(figures.at(), Map.copyOf(numbers), Map.copyOf(histograms));
    }

    /** A worker of another version may have other buckets; then the first one is shown. */
    private static Histogram added(Histogram one, Histogram other) {
        return one.upTo().equals(other.upTo()) ? one.plus(other) : one;
    }

    static String key(String component, String metric) {
        return component + '|' + metric;
    }
}
