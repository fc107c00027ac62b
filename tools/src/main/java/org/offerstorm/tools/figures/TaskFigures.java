package org.offerstorm.tools.figures;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.offerstorm.core.figures.Histogram;

/**
 * The metrics of one task: those that Offerstorm's components register, not Storm's own.
 *
 * @param numbers counters and gauges; of a metric that has several numbers, each is NAME/KEY
 * @param texts gauges that are words: why a task holds
 * @param histograms of durations; empty if the worker reports none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TaskFigures(
        String component,
        int task,
        Map<String, Long> numbers,
        Map<String, String> texts,
        Map<String, Histogram> histograms) {
    /** Between a metric's name and the key of one of its numbers. */
    public static final String KEY = "/";

    /** Also from the JSON of a worker that has no histograms. */
    public TaskFigures {
        histograms = histograms == null ? Map.of() : histograms;
    }

    /** A number; 0 if the task does not have it. */
    public long number(String name) {
        return numbers.getOrDefault(name, 0L);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    public Optional<Histogram> histogram(String name) {
        return Optional.ofNullable(histograms.get(name));
    }

    /** The numbers of a metric that has several, by their keys, in the keys' order. */
    public Map<String, Long> byKey(String name) {
        Map<String, Long> keyed = new TreeMap<>();
        String prefix = name + KEY;
        numbers.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                keyed.put(key.substring(prefix.length()), value);
            }
        });
        return keyed;
    }
}
