package org.offerstorm.topology.operate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.storm.generated.ErrorInfo;
import org.apache.storm.generated.TopologyInfo;
import org.apache.storm.generated.TopologySummary;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.spouts.SpoutMetrics;
import org.offerstorm.tools.figures.TaskFigures;
import org.offerstorm.tools.setup.Lag;

/** Asks Nimbus, the workers and Kafka how a topology does. What one of them does not tell leaves the rest whole. */
final class StatusReader {
    private static final List<String> SINKS =
            Sinks.ALL.stream().map(SinkKind::component).toList();
    /** How long errors that Storm keeps are reported. */
    private static final int RECENT_SECONDS = 600;

    private final Nimbus nimbus;
    private final SourceConfig source;
    private final List<String> problems = new ArrayList<>();

    StatusReader(Nimbus nimbus, SourceConfig source) {
        this.nimbus = nimbus;
        this.source = source;
    }

    Status read(String name) {
        TopologySummary summary = nimbus.get(name);
        TopologyInfo info = nimbus.info(summary.get_id());
        RunningTopology running = RunningTopology.of(nimbus.conf(summary.get_id()));
        List<Workers.Worker> workers = new Workers(running.portOffset()).ask(info);
        List<TaskFigures> tasks = new ArrayList<>();
        List<Status.WorkerLine> lines = new ArrayList<>();
        for (Workers.Worker worker : workers) {
            lines.add(line(worker));
            worker.figures().ifPresent(figures -> tasks.addAll(figures.tasks()));
            if (worker.figures().isEmpty()) {
                problems.add("worker " + worker.slot() + " does not report its figures (" + worker.silence()
                        + "): they are missing below");
            }
        }
        if (workers.size() < running.workers()) {
            problems.add(workers.size() + " of " + running.workers() + " workers are placed"
                    + (summary.is_set_sched_status() ? ": " + summary.get_sched_status() : ""));
        }
        tasks.forEach(this::tellHold);
        Status.Source lag = lag();
        tellErrors(info);
        long durable = tasks.stream()
                .mapToLong(task -> task.number(SpoutMetrics.DURABLE_AT))
                .max()
                .orElse(0);
        return new Status(
                name,
                summary.get_id(),
                nimbus.address(),
                summary.get_status(),
                summary.get_uptime_secs(),
                lines,
                lag,
                sum(tasks, TopologyNames.OFFER_SPOUT, SpoutMetrics.RECORDS),
                sum(tasks, TopologyNames.OFFER_SPOUT, SpoutMetrics.REPLAYED),
                durable == 0 ? null : durable,
                System.currentTimeMillis(),
                sinks(tasks),
                sum(tasks, TopologyNames.PARSE, TopologyNames.METRIC_REJECTED),
                List.copyOf(problems));
    }

    private static Status.WorkerLine line(Workers.Worker worker) {
        return worker.figures()
                .map(figures -> new Status.WorkerLine(
                        worker.slot().toString(),
                        worker.executors(),
                        figures.pid(),
                        (figures.at() - figures.startedAt()) / 1_000,
                        figures.heapUsed(),
                        figures.heapMax()))
                .orElseGet(() ->
                        new Status.WorkerLine(worker.slot().toString(), worker.executors(), null, null, null, null));
    }

    /** Such as "1 chunk". */
    static String chunks(long number) {
        return number + (number == 1 ? " chunk" : " chunks");
    }

    private void tellHold(TaskFigures task) {
        task.text(SpoutMetrics.HOLD)
                .ifPresent(why -> problems.add(task.component() + " task " + task.task() + " reads nothing: " + why));
        task.text(TopologyNames.METRIC_PROBLEM)
                .ifPresent(why -> problems.add(task.component() + " task " + task.task() + " holds "
                        + chunks(task.number(TopologyNames.METRIC_HELD)) + ": " + why));
    }

    private Status.Source lag() {
        try (Lag lag = new Lag(source)) {
            List<Status.PartitionLine> partitions = lag.partitions().stream()
                    .map(each -> new Status.PartitionLine(each.partition(), each.floor(), each.end(), each.behind()))
                    .toList();
            return new Status.Source(
                    source.topic(),
                    source.group(),
                    partitions,
                    partitions.stream().mapToLong(Status.PartitionLine::behind).sum());
        } catch (IOException | RuntimeException e) {
            problems.add("no lag: " + e.getMessage());
            return null;
        }
    }

    private void tellErrors(TopologyInfo info) {
        long now = System.currentTimeMillis() / 1_000;
        info.get_errors().forEach((component, errors) -> {
            for (ErrorInfo error : errors) {
                long age = now - error.get_error_time_secs();
                if (age <= RECENT_SECONDS) {
                    problems.add(component + " reported " + age + " s ago: " + PlainText.firstLine(error.get_error()));
                }
            }
        });
    }

    private static List<Status.SinkLine> sinks(List<TaskFigures> tasks) {
        Map<String, Status.SinkLine> sinks = new LinkedHashMap<>();
        for (String sink : SINKS) {
            List<TaskFigures> own =
                    tasks.stream().filter(task -> task.component().equals(sink)).toList();
            if (!own.isEmpty()) {
                sinks.put(
                        sink,
                        new Status.SinkLine(
                                sink,
                                own.size(),
                                sum(own, sink, TopologyNames.METRIC_WRITTEN),
                                sum(own, sink, TopologyNames.METRIC_STALE),
                                sum(own, sink, TopologyNames.METRIC_REJECTED),
                                sum(own, sink, TopologyNames.METRIC_HELD)));
            }
        }
        return List.copyOf(sinks.values());
    }

    private static long sum(List<TaskFigures> tasks, String component, String metric) {
        return tasks.stream()
                .filter(task -> task.component().equals(component))
                .mapToLong(task -> task.number(metric))
                .sum();
    }
}
