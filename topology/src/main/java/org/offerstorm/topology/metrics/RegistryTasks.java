package org.offerstorm.topology.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offerstorm.core.figures.Histogram;
import org.offerstorm.tools.figures.TaskFigures;

/** Reads the figures of the tasks of a process from Storm's registry. */
final class RegistryTasks {
    /** Storm's name for a metric of a task: topology, host, component, task, port. Storm turns dots in them to underscores. */
    private static final Pattern NAME =
            Pattern.compile("storm\\.topology\\.[^.]+\\.[^.]+\\.([^.]+)\\.(\\d+)\\.\\d+-(.+)");

    private RegistryTasks() {}

    private record Task(String component, int number) {}

    /** All tasks of this process. Any thread. */
    static List<TaskFigures> of(MetricRegistry registry) {
        Map<Task, TaskFigures> tasks =
                new TreeMap<>(Comparator.comparing(Task::component).thenComparingInt(Task::number));
        for (Map.Entry<String, Metric> entry : registry.getMetrics().entrySet()) {
            Matcher name = NAME.matcher(entry.getKey());
            if (name.matches() && !name.group(1).startsWith("_")) {
                Task task = new Task(name.group(1), Integer.parseInt(name.group(2)));
                TaskFigures figures = tasks.computeIfAbsent(
                        task,
                        any -> new TaskFigures(
                                task.component(), task.number(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>()));
                put(figures, name.group(3), value(entry.getValue()));
            }
        }
        return new ArrayList<>(tasks.values());
    }

    private static Object value(Metric metric) {
        if (metric instanceof Counter counter) {
            return counter.getCount();
        }
        return metric instanceof Gauge<?> gauge ? gauge.getValue() : null;
    }

    private static void put(TaskFigures task, String name, Object value) {
        if (value instanceof Number number) {
            task.numbers().put(name, number.longValue());
        } else if (value instanceof String text) {
            task.texts().put(name, text);
        } else if (value instanceof Histogram histogram) {
            task.histograms().put(name, histogram);
        } else if (value instanceof Map<?, ?> several) {
            several.forEach((key, each) -> put(task, name + TaskFigures.KEY + key, each));
        }
    }
}
