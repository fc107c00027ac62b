package org.offerstorm.tools.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.figures.Histogram;
import org.offerstorm.core.parse.Reason;
import org.offerstorm.core.sink.HoldCause;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.spouts.SpoutMetrics;

/** A worker's figures under the names of docs/metrics.md. */
final class WorkerMetrics {
    private static final double MILLIS = 1e3;
    private static final String PREFIX = "offerstorm_";
    private static final String TASK = "task";
    private static final String PARTITION = "partition";
    private static final String COMPONENT = "component";
    private static final String SINK = "sink";

    /** By the name of the component. */
    private static final Map<String, String> SINKS =
            Sinks.ALL.stream().collect(Collectors.toUnmodifiableMap(SinkKind::component, SinkKind::name));

    /** A number of a task that is served as it is. */
    private record Plain(String metric, boolean isCounter, String name, String help) {}

    private static final List<Plain> SPOUT = List.of(
            counter(SpoutMetrics.RECORDS, "spout_records", "Records emitted for the first time."),
            counter(SpoutMetrics.CHUNKS, "spout_chunks", "Chunks emitted for the first time."),
            counter(SpoutMetrics.REPLAYED, "spout_replayed_chunks", "Chunks emitted again because they were lost."),
            counter(SpoutMetrics.REBUILDS, "spout_rebuilds", "Kafka consumers replaced after an error."),
            counter(SpoutMetrics.REWINDS, "spout_rewinds", "Times a store had lost records and the stream went back."),
            counter(SpoutMetrics.GAPS, "spout_gaps", "Gaps: records that the log dropped before they were read."),
            gauge(SpoutMetrics.IN_FLIGHT, "spout_in_flight_chunks", "Chunks emitted and not yet acknowledged."),
            gauge(SpoutMetrics.BUFFERED, "spout_buffered_bytes", "Bytes read and not yet cut into chunks."),
            gauge(SpoutMetrics.PARTITIONS, "spout_partitions", "Partitions that are read."));

    private static final List<Plain> PARSE = List.of(
            counter(TopologyNames.METRIC_REJECTED, "parse_rejected", "Records that are no offers."),
            counter(
                    TopologyNames.METRIC_UNKNOWN_FIELDS,
                    "parse_unknown_fields",
                    "Fields of accepted records that no offer has."));

    private static final List<Plain> EXPIRER = List.of(
            counter(TopologyNames.METRIC_EXPIRED, "expired_offers", "Offers withdrawn: their time has passed."));

    private static final List<Plain> SINK_TASKS = List.of(
            counter(TopologyNames.METRIC_WRITTEN, "sink_written", "Changes that took effect in the sink."),
            counter(TopologyNames.METRIC_STALE, "sink_stale", "Changes that the sink had already, or newer ones."),
            counter(TopologyNames.METRIC_REJECTED, "sink_rejected", "Changes that the sink refused."),
            counter(TopologyNames.METRIC_PASSED, "sink_passed", "Offsets of the log that the sink has passed."),
            counter(TopologyNames.METRIC_BYTES, "sink_bytes", "Bytes that the sink has written."),
            counter(TopologyNames.METRIC_FILES, "sink_files", "Files that the sink has finished."));

    private final Families families = new Families();

    private WorkerMetrics() {}

    static Families of(WorkerFigures worker) {
        WorkerMetrics metrics = new WorkerMetrics();
        metrics.families.info(
                PREFIX + "worker",
                "Storm's id of the topology, Offerstorm's version.",
                "topology",
                worker.topology(),
                "version",
                ProgramVersion.get());
        worker.tasks().forEach(metrics::task);
        metrics.partitions(worker.tasks());
        metrics.letters(worker.tasks());
        return metrics.families;
    }

    private static Plain counter(String metric, String name, String help) {
        return new Plain(metric, true, PREFIX + name, help);
    }

    private static Plain gauge(String metric, String name, String help) {
        return new Plain(metric, false, PREFIX + name, help);
    }

    private void task(TaskFigures task) {
        String number = Integer.toString(task.task());
        switch (task.component()) {
            case TopologyNames.OFFER_SPOUT -> {
                plain(task, SPOUT, TASK, number);
                families.gauge(
                        PREFIX + "spout_durable_timestamp_seconds",
                        "When a chunk became durable in all sinks last, since 1970; 0: none yet.",
                        task.number(SpoutMetrics.DURABLE_AT) / MILLIS,
                        TASK,
                        number);
                hold(task);
            }
            case TopologyNames.PARSE -> plain(task, PARSE, TASK, number);
            case TopologyNames.EXPIRER -> plain(task, EXPIRER, TASK, number);
            default -> Optional.ofNullable(SINKS.get(task.component())).ifPresent(sink -> sink(task, sink));
        }
        if (task.numbers().containsKey(TopologyNames.METRIC_HELD)) {
            hold(task);
            families.gauge(
                    PREFIX + "held_chunks",
                    "Chunks that wait in the task for a store.",
                    task.number(TopologyNames.METRIC_HELD),
                    COMPONENT,
                    task.component(),
                    TASK,
                    number);
        }
    }

    private void sink(TaskFigures task, String sink) {
        plain(task, SINK_TASKS, SINK, sink, TASK, Integer.toString(task.task()));
        histogram(
                task.histogram(TopologyNames.METRIC_DURABLE_SECONDS),
                "durable_latency_seconds",
                "From a record's Kafka time until it was durable in the sink.",
                sink);
        histogram(
                task.histogram(TopologyNames.METRIC_WRITE_SECONDS),
                "sink_write_seconds",
                "One call that writes a chunk to the sink.",
                sink);
    }

    private void histogram(Optional<Histogram> histogram, String name, String help, String sink) {
        histogram.ifPresent(value -> families.histogram(PREFIX + name, help, value, SINK, sink));
    }

    private void plain(TaskFigures task, List<Plain> metrics, String... labels) {
        for (Plain each : metrics) {
            Long value = task.numbers().get(each.metric());
            if (value != null && each.isCounter()) {
                families.counter(each.name(), each.help(), value, labels);
            } else if (value != null) {
                families.gauge(each.name(), each.help(), value, labels);
            }
        }
    }

    private void hold(TaskFigures task) {
        String cause = task.text(TopologyNames.METRIC_CAUSE).orElse(HoldCause.NONE);
        families.gauge(
                PREFIX + "holding",
                "1 while the task holds, with the cause's kind; else 0.",
                cause.equals(HoldCause.NONE) ? 0 : 1,
                COMPONENT,
                task.component(),
                TASK,
                Integer.toString(task.task()),
                "cause",
                cause);
    }

    private void partitions(List<TaskFigures> tasks) {
        for (TaskFigures task : tasks) {
            task.byKey(SpoutMetrics.PARTITION_LAG)
                    .forEach((partition, lag) -> families.gauge(
                            PREFIX + "spout_lag_records",
                            "Offsets between what is durable in all sinks and the log's end.",
                            lag,
                            PARTITION,
                            partition));
            task.byKey(SpoutMetrics.UNSETTLED)
                    .forEach((partition, age) -> families.gauge(
                            PREFIX + "spout_oldest_unsettled_seconds",
                            "Age of the oldest record that is read and not yet durable in all sinks.",
                            age / MILLIS,
                            PARTITION,
                            partition));
        }
    }

    /** Also those of which there are none yet, so that the first one is seen as an increase. */
    private void letters(List<TaskFigures> tasks) {
        Map<String, Long> counts = new TreeMap<>();
        for (TaskFigures task : tasks) {
            if (task.component().equals(TopologyNames.PARSE)) {
                for (Reason reason : Reason.values()) {
                    counts.putIfAbsent(TopologyNames.PARSE + TaskFigures.KEY + reason.code(), 0L);
                }
            }
            task.byKey(TopologyNames.METRIC_DEAD_LETTERS)
                    .forEach((letter, count) -> counts.merge(letter, count, Long::sum));
        }
        counts.forEach((letter, count) -> {
            List<String> labels = new ArrayList<>(List.of(letter.split(TaskFigures.KEY, 2)));
            families.counter(
                    PREFIX + "dead_letters",
                    "Records refused, by the stage and the reason of their dead letters.",
                    count,
                    "stage",
                    labels.get(0),
                    "reason",
                    labels.get(1));
        });
    }
}
