package org.offerstorm.local.trials.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.offerstorm.tools.report.Json;

class ReportTest {
    private static final List<String> SINKS = List.of("redis", "solr", "hdfs");
    private static final StepResult KILL = new StepResult(
            1,
            0,
            "worker-kill",
            StepResult.FRESH,
            new TreeMap<>(Map.of("redis", 4.0, "solr", 6.04, "hdfs", 5.0)),
            1.26,
            true);

    @Test
    void all_is_fine() {
        Report report = report(List.of(KILL), List.of(), 0, 0);

        assertThat(report.exitCode()).isEqualTo(0);
    }

    @Test
    void an_anomaly_is_exit_code_1_and_so_is_a_verify_that_could_not_compare_or_did_not_run() {
        assertThat(report(List.of(KILL), List.of(), 0, 1).exitCode()).isEqualTo(1);
        assertThat(report(List.of(KILL), List.of(), 0, 3).exitCode()).isEqualTo(1);
        assertThat(report(List.of(KILL), List.of(), 0, null).exitCode()).isEqualTo(1);
    }

    @Test
    void a_count_out_of_bounds_is_exit_code_1() {
        assertThat(report(List.of(KILL), List.of(), 1, 0).exitCode()).isEqualTo(1);
    }

    @Test
    void a_record_that_kafka_confirmed_and_lost_is_exit_code_1_and_so_is_a_topic_that_was_not_compared() {
        assertThat(report(List.of(KILL), List.of(), 0, 1L, 0).exitCode()).isEqualTo(1);
        assertThat(report(List.of(KILL), List.of(), 0, null, 0).exitCode()).isEqualTo(1);
        assertThat(ReportText.summary(report(List.of(KILL), List.of(), 0, 1L, 0)))
                .contains("lost by Kafka        1 of those confirmed: offers-0@7");
    }

    @Test
    void a_lake_that_differs_or_was_not_compared_is_exit_code_1() {
        Map<LakeVerdict, String> verdicts = Map.of(
                new LakeVerdict(0, 0),
                "the layers agree, and the tables hold what is staged",
                new LakeVerdict(1, 0),
                "ANOMALIES (exit codes 1 and 0)",
                new LakeVerdict(0, 1),
                "ANOMALIES (exit codes 0 and 1)",
                LakeVerdict.NONE,
                "not run");
        verdicts.forEach((verdict, text) -> {
            Report report = report(List.of(KILL), List.of(), 0, 0L, 0, verdict);
            assertThat(report.exitCode()).as(text).isEqualTo(verdict.equals(new LakeVerdict(0, 0)) ? 0 : 1);
            assertThat(ReportText.summary(report)).contains("lake run, lake verify " + text);
        });
        assertThat(ReportText.summary(report(List.of(KILL), List.of(), 0, 0))).doesNotContain("lake");
    }

    @Test
    void a_worker_that_ended_without_a_fault_is_exit_code_1() {
        assertThat(report(List.of(KILL), List.of("worker-6700 (pid 1)"), 0, 0).exitCode())
                .isEqualTo(1);
    }

    @Test
    void a_sink_that_did_not_become_fresh_or_a_fault_that_failed_is_exit_code_1() {
        assertThat(report(List.of(outcome(StepResult.NOT_FRESH)), List.of(), 0, 0)
                        .exitCode())
                .isEqualTo(1);
        assertThat(report(List.of(outcome(StepResult.FAILED + ": no worker runs")), List.of(), 0, 0)
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void a_plan_that_was_not_carried_out_to_its_end_is_exit_code_1() {
        assertThat(report(List.of(), List.of(), 0, 0).exitCode()).isEqualTo(1);
    }

    @Test
    void quantiles_are_those_of_the_nearest_rank() {
        List<Double> values = List.of(1.0, 2.0, 3.0, 4.0);

        assertThat(Report.quantile(values, 0.5)).isEqualTo(2);
        assertThat(Report.quantile(values, 0.95)).isEqualTo(4);
        assertThat(Report.quantile(values, 1)).isEqualTo(4);
        assertThat(Report.quantile(List.of(7.0), 0.5)).isEqualTo(7);
    }

    @Test
    void rows_stand_below_their_headings() {
        String heading = ReportText.heading(SINKS, 12);
        String row = ReportText.row(KILL, SINKS, 12);

        assertThat(heading).isEqualTo("step      at  fault           redis     solr     hdfs  re-read  outcome");
        assertThat(row).isEqualTo("   1   00:00  worker-kill       4.0      6.0      5.0      1.3  fresh");
        assertThat(ReportText.row(new StepResult(1, 65.9, "x", StepResult.NOT_FRESH, Map.of(), null, false), SINKS, 12))
                .isEqualTo("   1   01:05  x                   -        -        -        -  not fresh");
    }

    @Test
    void the_summary_shows_what_decides_the_exit_code() {
        String text = ReportText.summary(report(List.of(KILL), List.of("worker-6700 (pid 1)"), 2, 1));

        assertThat(text).contains("workers ended        1; without a fault: 1: worker-6700 (pid 1)");
        assertThat(text).contains("counts out of bounds 2 in 100 reads: Arts|EU is 0");
        assertThat(text).contains("kill -9 to all fresh p50 6.0 s, p95 6.0 s, most 6.0 s, of 1");
        assertThat(text).contains("records emitted      1,010, 1.0100 of those sent");
        assertThat(text).contains("verify               ANOMALIES");
    }

    @Test
    void an_interrupted_fault_has_a_row_and_was_not_gone_through() {
        StepResult interrupted = new StepResult(1, 61, "redis-pause", StepResult.INTERRUPTED, Map.of(), null, false);
        Report report = report(List.of(interrupted), List.of(), 0, 0);

        assertThat(ReportText.row(interrupted, SINKS, 12))
                .isEqualTo("   1   01:01  redis-pause         -        -        -        -  interrupted");
        assertThat(ReportText.summary(report)).contains("faults gone through  0 of 1 planned");
        assertThat(report.exitCode()).isEqualTo(1);
    }

    @Test
    void programs_get_the_same() throws Exception {
        JsonNode json = new ObjectMapper().readTree(Json.of(report(List.of(KILL), List.of(), 0, 0)));

        assertThat(json.path("seed").asInt()).isEqualTo(7);
        assertThat(json.path("steps").path(0).path("fresh_seconds").path("solr").asDouble())
                .isEqualTo(6.04);
        assertThat(json.path("unexplained_ends").isArray()).isTrue();
        assertThat(json.path("fine").asBoolean()).isTrue();
    }

    private static StepResult outcome(String outcome) {
        return new StepResult(1, 0, "x", outcome, Map.of(), null, false);
    }

    private static Report report(List<StepResult> steps, List<String> unexplained, long broken, Integer verify) {
        return report(steps, unexplained, broken, 0L, verify);
    }

    private static Report report(
            List<StepResult> steps, List<String> unexplained, long broken, Long lost, Integer verify) {
        return report(steps, unexplained, broken, lost, verify, null);
    }

    private static Report report(
            List<StepResult> steps,
            List<String> unexplained,
            long broken,
            Long lost,
            Integer verify,
            LakeVerdict lake) {
        return new Report(
                7,
                1,
                steps,
                SINKS,
                1_000,
                0,
                1_010,
                0,
                1,
                unexplained,
                100,
                broken,
                broken == 0 ? List.of() : List.of("Arts|EU is 0"),
                lost,
                lost == null || lost == 0 ? List.of() : List.of("offers-0@7"),
                verify,
                lake);
    }
}
