package org.offerstorm.topology.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics of one task: those that Offerstorm's components register, not Storm's own.
 *
 * @param numbers counters and gauges
 * @param texts gauges that are words: why a task holds
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TaskFigures(String component, int task, Map<String, Long> numbers, Map<String, String> texts) {
    /** Storm's name for a metric of a task: topology, host, component, task, port. Storm turns dots in them to underscores. */
    private static final Pattern NAME =
            Pattern.compile("storm\\.topology\\.[^.]+\\.[^.]+\\.([^.]+)\\.(\\d+)\\.\\d+-(.+)");

    private record Task(String component, int number) {}

    /** All tasks of this process. Any thread. */
    static List<TaskFigures> of(MetricRegistry registry) {
        Map<Task, TaskFigures> tasks =
                new TreeMap<>(java.util.Comparator.comparing(Task::component).thenComparingInt(Task::number));
        for (Map.Entry<String, Metric> entry : registry.getMetrics().entrySet()) {
            Matcher name = NAME.matcher(entry.getKey());
            if (name.matches() && !name.group(1).startsWith("_")) {
                Task task = new Task(name.group(1), Integer.parseInt(name.group(2)));
                tasks.computeIfAbsent(
                                task,
                                any -> new TaskFigures(
                                        task.component(), task.number(), new TreeMap<>(), new TreeMap<>()))
                        .put(name.group(3), entry.getValue());
            }
        }
        return new ArrayList<>(tasks.values());
    }

    /** A number; 0 if the task does not have it. */
    public long number(String name) {
        return numbers.getOrDefault(name, 0L);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    private void put(String name, Metric metric) {
        Object value = metric instanceof Counter counter
                ? (Object) counter.getCount()
                : metric instanceof Gauge<?> gauge ? gauge.getValue() : null;
        if (value instanceof Number number) {
            numbers.put(name, number.longValue());
        } else if (value instanceof String text) {
            texts.put(name, text);
        }
    }
}
