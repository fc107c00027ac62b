package org.offerstorm.dashboard.trigger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.figures.Histogram;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.core.trigger.HealthRule;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.spouts.SpoutMetrics;
import org.offerstorm.tools.figures.TaskFigures;
import org.offerstorm.tools.figures.WorkerFigures;

/** What the workers said within the last minute, as the rules on the pipeline measure it. Used by one thread. */
final class HealthFigures {
    private static final long MINUTE = 60_000;
    private static final double PERCENTILE = 0.99;

    /** What all workers said at one moment; of the process of each, by its address and start. */
    private record Reading(long at, Map<String, WorkerFigures> workers, int silent) {
        Stream<TaskFigures> tasks() {
            return workers.values().stream().flatMap(worker -> worker.tasks().stream());
        }
    }

    /** The newest at the end; the first one is a minute old, once there are so many. */
    private final Deque<Reading> readings = new ArrayDeque<>();

    /**
     * Takes what was said.
     *
     * @param now milliseconds since 1970
     * @param answers of those that answered, by their addresses
     * @param silent how many did not that should
     */
    void add(long now, Map<String, WorkerFigures> answers, int silent) {
        Map<String, WorkerFigures> workers = new HashMap<>();
        answers.forEach(
                (address, figures) -> workers.put(address + " " + figures.pid() + " " + figures.startedAt(), figures));
        readings.add(new Reading(now, workers, silent));
        while (readings.size() > 2 && secondOldest().at() <= now - MINUTE) {
            readings.removeFirst();
        }
    }

    private Reading secondOldest() {
        return readings.stream().skip(1).findFirst().orElseThrow();
    }

    /** What a rule compares; nothing if no worker answers, unless the rule counts workers. */
    OptionalLong measure(HealthRule rule) {
        Reading now = readings.peekLast();
        if (now == null) {
            return OptionalLong.empty();
        }
        return switch (rule.measure()) {
            case WORKERS -> OptionalLong.of(now.workers().size());
            case SILENT -> OptionalLong.of(now.silent());
            default -> now.workers().isEmpty() ? OptionalLong.empty() : OptionalLong.of(measure(rule, now));
        };
    }

    private long measure(HealthRule rule, Reading now) {
        return switch (rule.measure()) {
            case LAG -> lag(now);
            case DURABLE_AGE -> durableAge(now);
            case OLDEST -> oldest(now);
            case HELD ->
                now.tasks()
                        .filter(task -> isMeant(rule, task))
                        .mapToLong(task -> task.number(TopologyNames.METRIC_HELD))
                        .sum();
            case HOLDING ->
                now.tasks()
                        .filter(task -> isMeant(rule, task))
                        .filter(task ->
                                task.number(TopologyNames.METRIC_HELD) > 0 || task.number(SpoutMetrics.HOLDING) > 0)
                        .count();
            case DEAD_LETTERS -> deadLetters(rule.what());
            case DEAD_LETTER_PERCENT -> percent();
            case RECORDS -> spout(SpoutMetrics.RECORDS);
            case REPLAYS -> spout(SpoutMetrics.REPLAYED);
            case GAPS -> spout(SpoutMetrics.GAPS);
            case REWINDS -> spout(SpoutMetrics.REWINDS);
            case LATENCY -> latency(rule);
            case WORKERS, SILENT -> throw new IllegalStateException(rule.toString());
        };
    }

    private static long lag(Reading now) {
        return now.tasks().mapToLong(task -> task.number(SpoutMetrics.LAG)).sum();
    }

    /** By the workers' own clocks; zero before anything has become durable, as the lag says more then. */
    private static long durableAge(Reading now) {
        long durableAt = now.tasks()
                .mapToLong(task -> task.number(SpoutMetrics.DURABLE_AT))
                .max()
                .orElse(0);
        long at = now.workers().values().stream()
                .mapToLong(WorkerFigures::at)
                .max()
                .orElse(now.at());
        return durableAt == 0 || lag(now) == 0 ? 0 : Math.max(0, at - durableAt);
    }

    private static long oldest(Reading now) {
        return now.tasks()
                .flatMap(task -> task.byKey(SpoutMetrics.UNSETTLED).values().stream())
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    private long spout(String metric) {
        return grown(task -> task.component().equals(TopologyNames.OFFER_SPOUT) ? task.number(metric) : 0);
    }

    /** Keys are stage/reason. */
    private long deadLetters(String reason) {
        return grown(task -> task.byKey(TopologyNames.METRIC_DEAD_LETTERS).entrySet().stream()
                .filter(letter ->
                        reason.equals(HealthRule.ANY) || letter.getKey().endsWith(TaskFigures.KEY + reason))
                .mapToLong(Map.Entry::getValue)
                .sum());
    }

    private long percent() {
        long records = spout(SpoutMetrics.RECORDS);
        return records == 0 ? 0 : Math.round(100.0 * deadLetters(HealthRule.ANY) / records);
    }

    private long latency(HealthRule rule) {
        return Sinks.ALL.stream()
                .filter(kind -> rule.what().equals(HealthRule.ANY) || isNamed(rule.what(), kind))
                .mapToLong(kind -> latency(kind.component()))
                .max()
                .orElse(0);
    }

    /** Of the slowest hundredth, in milliseconds; of what is above all bounds, the highest bound. */
    private long latency(String component) {
        Optional<Histogram> all = Optional.empty();
        for (String worker : readings.getLast().workers().keySet()) {
            Optional<Histogram> grown = grown(component, worker);
            all = all.isEmpty()
                    ? grown
                    : grown.isEmpty() ? all : Optional.of(all.get().plus(grown.get()));
        }
        if (all.isEmpty() || all.get().count() == 0) {
            return 0;
        }
        List<Double> bounds = all.get().upTo();
        double seconds = Math.min(all.get().quantile(PERCENTILE), bounds.get(bounds.size() - 1));
        return Math.round(seconds * 1_000);
    }

    private Optional<Histogram> grown(String component, String worker) {
        Optional<Histogram> now =
                histogram(component, readings.getLast().workers().get(worker));
        WorkerFigures first = readings.getFirst().workers().get(worker);
        Optional<Histogram> before = first == null ? Optional.empty() : histogram(component, first);
        return before.isEmpty() || now.isEmpty() ? now : Optional.of(now.get().since(before.get()));
    }

    private static Optional<Histogram> histogram(String component, WorkerFigures worker) {
        return worker.tasks().stream()
                .filter(task -> task.component().equals(component))
                .flatMap(task -> task.histogram(TopologyNames.METRIC_DURABLE_SECONDS).stream())
                .reduce(Histogram::plus);
    }

    /**
     * How much a counter has grown since the oldest reading. A process that is new since then has counted from 0; with a single
     * reading nothing is known yet.
     */
    private long grown(ToLongFunction<TaskFigures> counter) {
        Reading first = readings.getFirst();
        Reading last = readings.getLast();
        if (readings.size() == 1) {
            return 0;
        }
        long sum = 0;
        for (Map.Entry<String, WorkerFigures> worker : last.workers().entrySet()) {
            sum += sum(worker.getValue(), counter);
            WorkerFigures before = first.workers().get(worker.getKey());
            if (before != null) {
                sum -= sum(before, counter);
            } else if (worker.getValue().startedAt() < first.at()) {
                sum -= sum(firstOf(worker.getKey()), counter); // it did not answer then
            }
        }
        return Math.max(0, sum);
    }

    private WorkerFigures firstOf(String worker) {
        return readings.stream()
                .map(reading -> reading.workers().get(worker))
                .filter(figures -> figures != null)
                .findFirst()
                .orElseThrow();
    }

    private static long sum(WorkerFigures worker, ToLongFunction<TaskFigures> counter) {
        return worker.tasks().stream().mapToLong(counter).sum();
    }

    private static boolean isMeant(HealthRule rule, TaskFigures task) {
        return rule.what().equals(HealthRule.ANY)
                || rule.what().equals(task.component())
                || Sinks.ALL.stream()
                        .anyMatch(kind ->
                                isNamed(rule.what(), kind) && kind.component().equals(task.component()));
    }

    private static boolean isNamed(String word, SinkKind<?> kind) {
        return word.equals(kind.name()) || word.equals(kind.component());
    }
}
