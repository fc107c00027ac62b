package org.offerstorm.topology.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.figures.DurationCounts;
import org.offerstorm.core.figures.Histogram;
import org.offerstorm.tools.figures.TaskFigures;

/** What of Storm's registry is reported. */
class RegistryTasksTest {
    private static final String PREFIX = "storm.topology.offers-1-99.host_example.";

    @Test
    void metrics_of_tasks_are_listed_by_component_and_task_and_those_of_storm_are_not() {
        MetricRegistry registry = new MetricRegistry();
        registry.counter(PREFIX + "hdfs-writer.4.6700-written").inc(7);
        registry.register(PREFIX + "hdfs-writer.4.6700-held", (Gauge<Integer>) () -> 2);
        registry.register(PREFIX + "hdfs-writer.4.6700-problem", (Gauge<String>) () -> "HDFS is away");
        registry.register(PREFIX + "parse.5.6700-problem", (Gauge<String>) () -> null);
        registry.counter(PREFIX + "__system.-1.6700-heap").inc();
        DurationCounts durations = new DurationCounts();
        durations.add(1);
        registry.register(PREFIX + "hdfs-writer.4.6700-seconds", (Gauge<Histogram>) durations::histogram);
        registry.register(PREFIX + "parse.5.6700-lag", (Gauge<Map<Integer, Long>>) () -> Map.of(7, 11L));
        registry.counter("storm.worker.offers-1-99.host_example.parse.5.6700-__emit-count")
                .inc();

        assertThat(RegistryTasks.of(registry))
                .containsExactly(
                        new TaskFigures(
                                "hdfs-writer",
                                4,
                                Map.of("written", 7L, "held", 2L),
                                Map.of("problem", "HDFS is away"),
                                Map.of("seconds", durations.histogram())),
                        new TaskFigures("parse", 5, Map.of("lag/7", 11L), Map.of(), Map.of()));
    }
}
