package org.offerstorm.dashboard.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.figures.Histogram;
import org.offerstorm.core.trigger.HealthRule;
import org.offerstorm.sinks.solr.Solr;
import org.offerstorm.tools.figures.TaskFigures;
import org.offerstorm.tools.figures.WorkerFigures;

/** What rules on the pipeline measure. */
class HealthFiguresTest {
    private final HealthFigures figures = new HealthFigures();

    @Test
    void nothing_is_known_without_an_answer_but_the_workers_are_counted() {
        assertThat(measure("lag > 1")).isEmpty();

        figures.add(0, Map.of(), 2);

        assertThat(measure("lag > 1")).isEmpty();
        assertThat(measure("workers < 1")).hasValue(0);
        assertThat(measure("silent > 0")).hasValue(2);
    }

    @Test
    void lags_and_holds_are_added_up_over_workers() {
        figures.add(
                1_000_000,
                Map.of(
                        "a:1", worker(1, 0, 1_000_000, spout(Map.of("spout-lag", 40L, "spout-durable-at", 930_000L))),
                        "b:1",
                                worker(
                                        2,
                                        0,
                                        1_000_000,
                                        spout(Map.of(
                                                "spout-lag", 2L,
                                                "spout-durable-at", 900_000L,
                                                "spout-holding", 1L,
                                                "spout-unsettled-millis/0", 7_000L,
                                                "spout-unsettled-millis/2", 9_000L)),
                                        task(Solr.KIND.component(), Map.of("held", 3L)),
                                        task("hdfs-other", Map.of("held", 0L)))),
                0);

        assertThat(measure("lag > 1")).hasValue(42);
        assertThat(measure("durable_age > 1")).hasValue(70_000);
        assertThat(measure("oldest > 1")).hasValue(9_000);
        assertThat(measure("held(solr) > 1")).hasValue(3);
        assertThat(measure("held(" + Solr.KIND.component() + ") > 1")).hasValue(3);
        assertThat(measure("held(hdfs) > 1")).hasValue(0);
        assertThat(measure("held > 1")).hasValue(3);
        assertThat(measure("holding > 1")).hasValue(2);
        assertThat(measure("holding(offer-spout) > 1")).hasValue(1);
        assertThat(measure("workers > 1")).hasValue(2);
    }

    @Test
    void an_idle_stream_has_no_age() {
        figures.add(
                1_000_000,
                Map.of("a:1", worker(1, 0, 1_000_000, spout(Map.of("spout-lag", 0L, "spout-durable-at", 1L)))),
                0);

        assertThat(measure("durable_age > 1")).hasValue(0);
    }

    @Test
    void counters_are_those_of_the_last_minute() {
        for (int second = 0; second <= 180; second += 5) {
            figures.add(second * 1_000L, Map.of("a:1", counting(1, 0, second * 1_000L, second)), 0);
        }

        assertThat(measure("records > 1")).hasValue(600);
        assertThat(measure("dead_letters > 1")).hasValue(120);
        assertThat(measure("dead_letters(bad_json) > 1")).hasValue(60);
        assertThat(measure("dead_letters(json) > 1")).hasValue(0);
        assertThat(measure("dead_letter_percent > 1%")).hasValue(20);
    }

    @Test
    void counters_of_a_worker_that_was_started_again_begin_at_0() {
        figures.add(100_000, Map.of("a:1", counting(1, 0, 100_000, 1_000)), 0);
        figures.add(105_000, Map.of(), 1);
        figures.add(110_000, Map.of("a:1", counting(2, 104_000, 110_000, 3)), 0);

        assertThat(measure("records > 1")).hasValue(30);
    }

    @Test
    void counters_of_a_worker_that_was_silent_at_first_are_not_all_new() {
        figures.add(100_000, Map.of(), 1);
        figures.add(105_000, Map.of("a:1", counting(1, 0, 105_000, 1_000)), 0);
        assertThat(measure("records > 1")).hasValue(0);

        figures.add(110_000, Map.of("a:1", counting(1, 0, 110_000, 1_004)), 0);
        assertThat(measure("records > 1")).hasValue(40);
    }

    @Test
    void latency_is_that_of_the_slowest_hundredth_of_the_last_minute() {
        figures.add(0, Map.of("a:1", latency(1, 0, List.of(1_000L, 0L, 1_000L))), 0);
        figures.add(30_000, Map.of("a:1", latency(1, 30_000, List.of(1_100L, 0L, 1_000L))), 0);
        assertThat(measure("latency(solr) > 1")).hasValue(100);

        figures.add(31_000, Map.of("a:1", latency(1, 31_000, List.of(1_100L, 7L, 1_000L))), 0);
        assertThat(measure("latency(solr) > 1")).hasValue(2_500);
        assertThat(measure("latency(hdfs) > 1")).hasValue(0);
        assertThat(measure("latency > 1")).hasValue(2_500);
    }

    private OptionalLong measure(String rule) {
        return figures.measure(HealthRule.parse(rule));
    }

    private static WorkerFigures latency(long pid, long at, List<Long> counts) {
        return worker(
                pid,
                0,
                at,
                new TaskFigures(
                        Solr.KIND.component(),
                        4,
                        Map.of(),
                        Map.of(),
                        Map.of("durable-seconds", new Histogram(List.of(0.1, 2.5), counts, 1))));
    }

    /** Ten records and two dead letters for each of {@code times}. */
    private static WorkerFigures counting(long pid, long startedAt, long at, long times) {
        return worker(
                pid,
                startedAt,
                at,
                spout(Map.of("spout-records", 10 * times)),
                task("parse", Map.of("dead-letters/parse/bad_json", times, "dead-letters/parse/no_id", times)));
    }

    private static TaskFigures spout(Map<String, Long> numbers) {
        return task("offer-spout", numbers);
    }

    private static TaskFigures task(String component, Map<String, Long> numbers) {
        return new TaskFigures(component, 1, numbers, Map.of(), Map.of());
    }

    private static WorkerFigures worker(long pid, long startedAt, long at, TaskFigures... tasks) {
        return new WorkerFigures("offers-1-1", 6700, pid, startedAt, at, 1, 2, null, List.of(tasks));
    }
}
