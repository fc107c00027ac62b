package org.offerstorm.local.trials.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.offerstorm.tools.generate.Mix;

class MeasurementTest {
    private static final BenchOptions OPTIONS =
            new BenchOptions("none", 1, 1, Mix.USUAL, List.of(), Path.of("/nowhere"));
    private static final Map<String, Integer> TASKS = Map.of("parse", 2);

    /** Cold for the first half: 1 s and 2 CPU-s for 100,000; then 0.5 s and 0.2 CPU-s. */
    private static List<Sample> samples(double slower) {
        List<Sample> samples = new ArrayList<>();
        double seconds = 0;
        double cpu = 0;
        for (int n = 0; n <= 10; n++) {
            samples.add(new Sample(
                    (long) (seconds * 1e9),
                    new Contender.Reading(n * 100_000L, Map.of(), Map.of("parse", (long) (cpu * 500)), n * 10L),
                    Map.of("worker", cpu, "kafka", cpu / 10),
                    (100L + n) << 20));
            seconds += slower * (n < 5 ? 1 : 0.5);
            cpu += n < 5 ? 2 : 0.2;
        }
        return samples;
    }

    @Test
    void figures_are_those_of_the_second_half() {
        Measurement run = Measurement.of("topology", TASKS, samples(1), 1_000_000, 7);

        assertThat(run.offersPerSecond()).isCloseTo(200_000, within(1.0));
        assertThat(run.workerCpu()).isCloseTo(2.0, within(0.001));
        assertThat(run.cpu().get("kafka")).isCloseTo(0.2, within(0.001));
        assertThat(run.totalCpu()).isCloseTo(2.2, within(0.001));
        assertThat(run.components().get("parse")).isCloseTo(1.0, within(0.01));
        assertThat(run.tasks()).isEqualTo(TASKS);
        assertThat(run.collections()).isCloseTo(0.02, within(0.0001)); // 50 ms of 2.5 s
        assertThat(run.tenths()).hasSize(10);
        assertThat(run.tenths().get(0).workerCpu()).isCloseTo(20, within(0.01));
        assertThat(run.tenths().get(0).offersPerSecond()).isCloseTo(100_000, within(1.0));
        assertThat(run.tenths().get(9).workerCpu()).isCloseTo(2, within(0.01));
        assertThat(run.tenths().get(9).totalCpu()).isCloseTo(2.2, within(0.01));
        assertThat(run.tenths().get(9).offersPerSecond()).isCloseTo(200_000, within(1.0));
        assertThat(run.tenths().get(9).memory()).isEqualTo(110L << 20);
    }

    @Test
    void a_run_that_is_over_at_once_cannot_be_measured() {
        List<Sample> all = samples(1);
        assertThatThrownBy(() -> Measurement.of("topology", TASKS, all.subList(10, 11), 1_000_000, 7))
                .hasMessageContaining("raise --offers");
    }

    @Test
    void the_report_has_the_middle_run_of_each_and_their_ratios() {
        Measurement slow = Measurement.of(BenchReport.TOPOLOGY, TASKS, samples(4), 1_000_000, 7);
        Measurement middle = Measurement.of(BenchReport.TOPOLOGY, TASKS, samples(2), 1_000_000, 300L << 20);
        Measurement fast = Measurement.of(BenchReport.TOPOLOGY, TASKS, samples(1), 1_000_000, 7);
        assertThat(BenchReport.middle(List.of(slow, fast, middle))).isEqualTo(middle);

        Measurement loop = Measurement.of("plain loop", TASKS, samples(1), 1_000_000, 7);
        Map<String, List<Measurement>> runs = new LinkedHashMap<>();
        runs.put(BenchReport.TOPOLOGY, List.of(slow, fast, middle));
        runs.put("plain loop", List.of(loop, loop, loop));
        BenchReport report = BenchReport.of(OPTIONS, 1_000_000, 360, 3, runs, List.of());
        assertThat(report.runs()).containsEntry(BenchReport.TOPOLOGY, middle);
        assertThat(report.ratios()).singleElement().satisfies(ratio -> {
            assertThat(ratio.rate().median()).isCloseTo(0.5, within(0.001));
            assertThat(ratio.workerCpu().median()).isCloseTo(1, within(0.001));
        });
        assertThat(report.text())
                .contains("1,000,000 offers of 360 bytes, sinks none, 1 worker; the middle of 3 rounds")
                .containsPattern("topology +100,000 +36\\.0 .* 2\\.20")
                .containsPattern("plain loop, offers/s +0\\.50 +0\\.25 +1\\.00 +0\\.25 1\\.00 0\\.50\n")
                .containsPattern("plain loop, worker's CPU +1\\.00 +1\\.00 +1\\.00 ")
                .containsPattern("plain loop, CPU of all +1\\.00 +1\\.00 +1\\.00 ")
                .contains("parse 1.00, JVM (collector, compiler) 1.00")
                .contains("300 MB resident")
                .contains("worker's CPU-s      20.00    20.00    20.00    20.00    20.00     2.00")
                .contains("worker's MB           101      102");
        assertThat(BenchReport.of(OPTIONS, 1_000_000, 360, 1, Map.of(BenchReport.TOPOLOGY, List.of(middle)), List.of())
                        .text())
                .contains("300 MB resident")
                .doesNotContain("plain loop", "Noisy", "guarantees", "left out");
    }

    @Test
    void the_report_says_what_bounds_a_run() {
        assertThat(BenchReport.bound(run(1.2, 0.4, 0.3), 2))
                .isEqualTo("It used 1.90 of 2 cores, most of that in worker (1.20): the processor bounds it.");
        assertThat(BenchReport.bound(run(1.2, 0.4, 0.9), 4)).endsWith("parse takes nearly all that one thread can.");
        assertThat(BenchReport.bound(run(2.2, 0.4, 0.9, 2), 4))
                .endsWith("it waits, for servers' answers or for disks.");
        assertThat(BenchReport.bound(run(2.2, 0.4, 1.8, 2), 4))
                .endsWith("parse takes nearly all that its 2 threads can.");
        assertThat(BenchReport.bound(run(0.5, 0.95, 0.3), 4))
                .contains("It used 1.75 of 4 cores, most of that in redis (0.95)")
                .endsWith("redis takes nearly all that one thread can.");
        assertThat(BenchReport.bound(run(0.3, 0.2, 0.2), 2)).endsWith("it waits, for servers' answers or for disks.");
    }

    /** 500,000 offers a second, with these cores in use; 0.3 more in Kafka. */
    private static Measurement run(double worker, double redis, double parse) {
        return run(worker, redis, parse, 1);
    }

    private static Measurement run(double worker, double redis, double parse, int parseTasks) {
        return new Measurement(
                BenchReport.TOPOLOGY,
                500_000,
                Map.of("worker", 2 * worker, "redis", 2 * redis, "kafka", 0.6),
                Map.of("parse", 2 * parse),
                Map.of("parse", parseTasks),
                0,
                0,
                List.of());
    }
}
