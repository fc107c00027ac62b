package org.offerstorm.tools.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.figures.DurationCounts;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.spouts.SpoutMetrics;

/** What Prometheus reads of a worker, and what the page says of it. */
class WorkerMetricsTest {
    private static final Path PAGE = Path.of(System.getProperty("offerstorm.root"), "docs/metrics.md");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z_]+)` \\| (\\w+) \\| ([^|]*) \\| .*");
    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(\\{([^}]*)})? (\\S+)");
    private static final int PARTITIONS = 12;
    private static final int MOST_SERIES = 500;
    private static final String PROMETHEUS = "";
    private static final long MILLI = 1_000_000;

    private final DurationCounts fast = new DurationCounts();

    @Test
    void the_page_names_what_a_worker_serves_and_nothing_else() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && row.group(1).startsWith("offerstorm_") && !isOfDashboard(row.group(1))) {
                documented.put(
                        row.group(1),
                        row.group(2) + " "
                                + row.group(3).replaceAll("[`, ]+", " ").strip());
            }
        }
        Map<String, String> served = new TreeMap<>();
        Map<String, String> types = new HashMap<>();
        for (String line : metrics(PROMETHEUS).split("\n", -1)) {
            Matcher sample = SAMPLE.matcher(line);
            if (line.startsWith("# TYPE ")) {
                types.put(line.split(" ", -1)[2], line.split(" ", -1)[3]);
            } else if (sample.matches() && sample.group(1).startsWith("offerstorm_")) {
                String name = sample.group(1).replaceFirst("_(bucket|sum|count)$", "");
                Set<String> labels = new TreeSet<>();
                for (String label : sample.group(3) == null
                        ? new String[0]
                        : sample.group(3).split(",", -1)) {
                    labels.add(label.replaceFirst("=.*", ""));
                }
                labels.remove("le");
                served.put(name, types.get(name) + " " + inOrder(labels, documented.getOrDefault(name, "")));
            }
        }
        served.replaceAll((name, all) -> all.strip());
        assertThat(served).isEqualTo(documented);
    }

    @Test
    void the_page_names_figures_as_the_program_does() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains(
                        "`" + SpoutMetrics.PARTITION_LAG + TaskFigures.KEY + "3`",
                        "`" + SpoutMetrics.UNSETTLED + TaskFigures.KEY + "3`",
                        "`" + TopologyNames.METRIC_DEAD_LETTERS + TaskFigures.KEY + "parse/bad_json`",
                        "`" + TopologyNames.METRIC_WRITE_SECONDS + "`",
                        "`" + TopologyNames.METRIC_DURABLE_SECONDS + "`");
    }

    /** The page may have the labels in any order. */
    private static String inOrder(Set<String> labels, String documented) {
        List<String> known = new ArrayList<>(List.of(documented.split(" ", -1)));
        List<String> ordered = new ArrayList<>(labels);
        ordered.sort(java.util.Comparator.comparingInt(known::indexOf));
        return String.join(" ", ordered);
    }

    private static boolean isOfDashboard(String name) {
        return Set.of(
                        "offerstorm_dashboard_",
                        "offerstorm_ingest_",
                        "offerstorm_store_",
                        "offerstorm_offers",
                        "offerstorm_alert",
                        "offerstorm_topic_")
                .stream()
                .anyMatch(name::startsWith);
    }

    @Test
    void a_worker_with_12_partitions_and_all_sinks_has_at_most_500_series() {
        assertThat(metrics(PROMETHEUS).lines().filter(Predicate.not(line -> line.startsWith("#"))))
                .hasSizeLessThanOrEqualTo(MOST_SERIES);
    }

    @Test
    void a_reader_that_accepts_open_metrics_gets_it() {
        assertThat(page(FiguresPages.METRICS, "text/plain").type()).startsWith("text/plain; version=0.0.4");
        FiguresPages.Content open = page(
                FiguresPages.METRICS,
                "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3");
        assertThat(open.type()).startsWith("application/openmetrics-text");
        assertThat(open.body())
                .contains("# TYPE offerstorm_spout_records counter\n")
                .contains("offerstorm_spout_records_total{task=\"1\"} 1000")
                .endsWith("# EOF\n");
    }

    @Test
    void the_histograms_of_the_tasks_of_a_sink_are_one() {
        fast.add(3 * MILLI);
        fast.add(7 * MILLI);
        assertThat(metrics(PROMETHEUS))
                .contains("offerstorm_durable_latency_seconds_bucket{sink=\"redis\",le=\"0.005\"} 2\n")
                .contains("offerstorm_durable_latency_seconds_bucket{sink=\"redis\",le=\"+Inf\"} 4\n")
                .contains("offerstorm_durable_latency_seconds_count{sink=\"redis\"} 4\n");
    }

    @Test
    void a_refusal_is_counted_under_its_reason_and_those_to_come_are_0() {
        assertThat(metrics(PROMETHEUS))
                .contains("offerstorm_dead_letters_total{reason=\"bad_json\",stage=\"parse\"} 14.0\n")
                .contains("offerstorm_dead_letters_total{reason=\"bad_avro\",stage=\"parse\"} 0.0\n")
                .contains("offerstorm_dead_letters_total{reason=\"gap\",stage=\"spout\"} 0.0\n");
    }

    @Test
    void a_worker_is_ready_when_no_task_holds_and_the_spout_has_its_place() {
        FiguresPages.Content fine = page(FiguresPages.READY, "");
        assertThat(fine.status()).isEqualTo(200);
        assertThat(Readiness.problems(List.of())).containsExactly("no task has started");
        assertThat(Readiness.problems(List.of(
                        task(TopologyNames.OFFER_SPOUT, 1, Map.of(SpoutMetrics.PLACED, 0L), Map.of()),
                        task(
                                TopologyNames.OFFER_SPOUT,
                                2,
                                Map.of(SpoutMetrics.PLACED, 1L),
                                Map.of(TopologyNames.METRIC_CAUSE, "kafka")),
                        task("redis-counter", 3, Map.of(), Map.of(TopologyNames.METRIC_PROBLEM, "Redis is away")))))
                .containsExactly(
                        "offer-spout task 1 has not found its place in the topic",
                        "offer-spout task 2 holds: kafka",
                        "redis-counter task 3 holds: Redis is away");
    }

    @Test
    void a_hold_has_its_cause() {
        WorkerFigures worker = worker(List.of(task(
                "redis-counter",
                3,
                Map.of(TopologyNames.METRIC_HELD, 2L),
                Map.of(TopologyNames.METRIC_PROBLEM, "Redis is away", TopologyNames.METRIC_CAUSE, "store"))));
        assertThat(FiguresPages.ofWorker(() -> worker, () -> worker)
                        .get(FiguresPages.METRICS)
                        .get(PROMETHEUS)
                        .body())
                .contains("offerstorm_holding{cause=\"store\",component=\"redis-counter\",task=\"3\"} 1.0\n")
                .contains("offerstorm_held_chunks{component=\"redis-counter\",task=\"3\"} 2.0\n");
    }

    private String metrics(String accept) {
        return page(FiguresPages.METRICS, accept).body();
    }

    private FiguresPages.Content page(String path, String accept) {
        return FiguresPages.ofWorker(this::everything, this::everything)
                .get(path)
                .get(accept);
    }

    /** All that one worker can have, with two tasks of each component. */
    private WorkerFigures everything() {
        List<TaskFigures> tasks = new ArrayList<>();
        int number = 1;
        for (int task = 0; task < 2; task++) {
            Map<String, Long> spout = new HashMap<>();
            for (String metric : List.of(
                    SpoutMetrics.RECORDS,
                    SpoutMetrics.CHUNKS,
                    SpoutMetrics.REPLAYED,
                    SpoutMetrics.REBUILDS,
                    SpoutMetrics.REWINDS,
                    SpoutMetrics.GAPS,
                    SpoutMetrics.IN_FLIGHT,
                    SpoutMetrics.BUFFERED,
                    SpoutMetrics.PARTITIONS,
                    SpoutMetrics.PLACED,
                    SpoutMetrics.DURABLE_AT)) {
                spout.put(metric, 1_000L);
            }
            for (int partition = task; partition < PARTITIONS; partition += 2) {
                spout.put(SpoutMetrics.PARTITION_LAG + "/" + partition, 5L);
                spout.put(SpoutMetrics.UNSETTLED + "/" + partition, 5_000L);
            }
            spout.put(TopologyNames.METRIC_DEAD_LETTERS + "/spout/gap", 0L);
            tasks.add(task(TopologyNames.OFFER_SPOUT, number++, spout, Map.of()));
            tasks.add(task(
                    TopologyNames.PARSE,
                    number++,
                    Map.of(
                            TopologyNames.METRIC_HELD,
                            0L,
                            TopologyNames.METRIC_REJECTED,
                            7L,
                            TopologyNames.METRIC_UNKNOWN_FIELDS,
                            0L,
                            TopologyNames.METRIC_DEAD_LETTERS + "/parse/bad_json",
                            7L),
                    Map.of()));
            for (SinkKind<?> sink : Sinks.ALL) {
                Map<String, Long> numbers = new HashMap<>();
                for (String metric : List.of(
                        TopologyNames.METRIC_WRITTEN,
                        TopologyNames.METRIC_STALE,
                        TopologyNames.METRIC_REJECTED,
                        TopologyNames.METRIC_PASSED,
                        TopologyNames.METRIC_HELD,
                        TopologyNames.METRIC_BYTES,
                        TopologyNames.METRIC_FILES)) {
                    numbers.put(metric, 3L);
                }
                numbers.put(TopologyNames.METRIC_DEAD_LETTERS + "/" + sink.name() + "/sink_rejected", 0L);
                tasks.add(new TaskFigures(
                        sink.component(),
                        number++,
                        numbers,
                        Map.of(),
                        Map.of(
                                TopologyNames.METRIC_WRITE_SECONDS, fast.histogram(),
                                TopologyNames.METRIC_DURABLE_SECONDS, fast.histogram())));
            }
        }
        tasks.add(task(TopologyNames.EXPIRER, number, Map.of(TopologyNames.METRIC_EXPIRED, 0L), Map.of()));
        return worker(tasks);
    }

    private static TaskFigures task(
            String component, int number, Map<String, Long> numbers, Map<String, String> texts) {
        return new TaskFigures(component, number, numbers, texts, Map.of());
    }

    private static WorkerFigures worker(List<TaskFigures> tasks) {
        return new WorkerFigures("t-1", 6700, 42, 1, 2, 3, 4, new WorkerCpu(0, 0, Map.of()), tasks);
    }
}
