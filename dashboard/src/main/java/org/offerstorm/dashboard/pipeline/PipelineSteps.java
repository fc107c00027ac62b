package org.offerstorm.dashboard.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.figures.Histogram;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.dashboard.pipeline.PipelineView.Figure;
import org.offerstorm.dashboard.pipeline.PipelineView.State;
import org.offerstorm.dashboard.pipeline.PipelineView.Step;
import org.offerstorm.dashboard.storage.StoreView;
import org.offerstorm.dashboard.storage.WithoutAddresses;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.spouts.SpoutMetrics;
import org.offerstorm.tools.figures.TaskFigures;

/** Makes the steps of what the workers and the stores say. Remembers since when each is as it is; used by one thread. */
final class PipelineSteps {
    /** Older work means that a step is behind. */
    static final Duration BEHIND = Duration.ofMinutes(1);

    static final String SPOUT = "spout";
    static final String DEAD_LETTERS = "dead-letters";
    private static final String KAFKA = "kafka";
    private static final int MOST_REASONS = 8;

    private final Set<SinkKind<?>> configured;
    private final Map<String, Begun> begun = new HashMap<>();

    private record Begun(State state, long since) {}

    private record Judged(State state, List<String> reasons) {}

    PipelineSteps(Set<SinkKind<?>> configured) {
        this.configured = configured;
    }

    List<Step> of(List<Watched> workers, List<StoreView> stores, long now) {
        List<Watched> answering = workers.stream().filter(Watched::answers).toList();
        List<Step> steps = new ArrayList<>();
        steps.add(kafka(answering, stores, now));
        steps.add(spout(answering, now));
        steps.add(bolt(answering, TopologyNames.PARSE, "Parse", SPOUT, now));
        steps.add(bolt(answering, TopologyNames.CONTINENT, "Continent", TopologyNames.PARSE, now));
        for (SinkKind<?> kind : sinks(answering)) {
            steps.add(sink(answering, kind, stores, now));
        }
        steps.add(deadLetters(answering, now));
        return List.copyOf(steps);
    }

    /** Those of the configuration, and those that run although it does not name them. */
    private List<SinkKind<?>> sinks(List<Watched> workers) {
        Set<String> running = new HashSet<>();
        workers.forEach(worker -> worker.figures().tasks().forEach(task -> running.add(task.component())));
        return Sinks.ALL.stream()
                .filter(kind -> configured.contains(kind) || running.contains(kind.component()))
                .toList();
    }

    private Step kafka(List<Watched> workers, List<StoreView> stores, long now) {
        List<Figure> figures = new ArrayList<>();
        Double lag = sum(workers, TopologyNames.OFFER_SPOUT, SpoutMetrics.LAG);
        add(figures, "lag", "Records behind", lag);
        Judged judged = new Judged(State.FINE, List.of());
        for (StoreView store : stores) {
            if (store.name().equals(KAFKA)) {
                store.figure("offers_records")
                        .ifPresent(n -> add(figures, "records", "Records in the topic", (double) n));
                judged = store(store, judged);
            }
        }
        return step(KAFKA, "Kafka", "", false, judged, Double.NaN, null, figures, now);
    }

    private Step spout(List<Watched> workers, long now) {
        List<Figure> figures = new ArrayList<>();
        Double lag = sum(workers, TopologyNames.OFFER_SPOUT, SpoutMetrics.LAG);
        add(figures, "lag", "Records behind", lag);
        Double oldest = oldest(workers, now);
        add(figures, "oldest_seconds", "Oldest record that is not durable, seconds", oldest);
        add(figures, "in_flight", "Chunks in flight", sum(workers, TopologyNames.OFFER_SPOUT, SpoutMetrics.IN_FLIGHT));
        add(figures, "replayed", "Chunks replayed", sum(workers, TopologyNames.OFFER_SPOUT, SpoutMetrics.REPLAYED));
        List<String> holds = texts(workers, TopologyNames.OFFER_SPOUT, SpoutMetrics.HOLD);
        Judged judged;
        if (workers.isEmpty()) {
            judged = nobody();
        } else if (!holds.isEmpty()) {
            judged = new Judged(State.HOLDING, holds);
        } else if (oldest != null && oldest > BEHIND.toSeconds()) {
            judged = new Judged(State.BEHIND, List.of("the oldest record that is not durable is older than a minute"));
        } else {
            judged = new Judged(State.FINE, List.of());
        }
        return step(
                SPOUT,
                "Spout",
                KAFKA,
                false,
                judged,
                rate(workers, TopologyNames.OFFER_SPOUT, SpoutMetrics.RECORDS),
                null,
                figures,
                now);
    }

    /** As the spout says; of one that does not, since when nothing became durable although something waits. */
    private static Double oldest(List<Watched> workers, long now) {
        Double oldest = null;
        for (Watched worker : workers) {
            for (TaskFigures task : worker.figures().tasks()) {
                for (long millis : task.byKey(SpoutMetrics.UNSETTLED).values()) {
                    oldest = Math.max(oldest == null ? 0 : oldest, millis / 1_000.0);
                }
            }
        }
        Double lag = sum(workers, TopologyNames.OFFER_SPOUT, SpoutMetrics.LAG);
        if (oldest != null || lag == null || lag <= 0) {
            return oldest;
        }
        long durable = workers.stream()
                .mapToLong(worker -> worker.figures().tasks().stream()
                        .mapToLong(task -> task.number(SpoutMetrics.DURABLE_AT))
                        .max()
                        .orElse(0))
                .max()
                .orElse(0);
        return durable == 0 ? null : (Double) (double) Math.max(0, (now - durable) / 1_000);
    }

    private Step bolt(List<Watched> workers, String component, String title, String from, long now) {
        List<Figure> figures = new ArrayList<>();
        boolean parses = component.equals(TopologyNames.PARSE);
        double read = rate(workers, TopologyNames.OFFER_SPOUT, SpoutMetrics.RECORDS);
        double refused = rate(workers, TopologyNames.PARSE, TopologyNames.METRIC_REJECTED);
        if (parses) {
            add(figures, "rejected", "Refused since the start", sum(workers, component, TopologyNames.METRIC_REJECTED));
        }
        return step(
                component,
                title,
                from,
                false,
                held(workers, component, figures),
                parses ? read : Math.max(0, read - (Double.isNaN(refused) ? 0 : refused)),
                null,
                figures,
                now);
    }

    private Step sink(List<Watched> workers, SinkKind<?> kind, List<StoreView> stores, long now) {
        List<Figure> figures = new ArrayList<>();
        String component = kind.component();
        Double written = sum(workers, component, TopologyNames.METRIC_WRITTEN);
        Judged judged = written == null && !workers.isEmpty()
                ? new Judged(State.UNKNOWN, List.of("no worker that answers has this sink"))
                : held(workers, component, figures);
        add(figures, "written", "Written since the start", written);
        add(figures, "stale", "Known already", sum(workers, component, TopologyNames.METRIC_STALE));
        for (StoreView store : stores) {
            if (store.name().equals(kind.name())) {
                judged = store(store, judged);
            }
        }
        Histogram latency = null;
        for (Watched worker : workers) {
            Histogram own = worker.histogram(component, TopologyNames.METRIC_DURABLE_SECONDS)
                    .orElse(null);
            latency = own == null || (latency != null && !latency.upTo().equals(own.upTo()))
                    ? latency
                    : latency == null ? own : latency.plus(own);
        }
        String from = kind.after().map(SinkKind::name).orElse(TopologyNames.CONTINENT);
        return step(
                kind.name(),
                kind.title(),
                from,
                true,
                judged,
                rate(workers, component, TopologyNames.METRIC_WRITTEN),
                latency,
                figures,
                now);
    }

    private Step deadLetters(List<Watched> workers, long now) {
        Double total = null;
        double rate = Double.NaN;
        List<String> components = new ArrayList<>(List.of(TopologyNames.PARSE));
        Sinks.ALL.forEach(kind -> components.add(kind.component()));
        for (String component : components) {
            Double own = sum(workers, component, TopologyNames.METRIC_REJECTED);
            total = own == null ? total : (Double) (own + (total == null ? 0 : total));
            double growing = rate(workers, component, TopologyNames.METRIC_REJECTED);
            rate = Double.isNaN(growing) ? rate : growing + (Double.isNaN(rate) ? 0 : rate);
        }
        List<Figure> figures = new ArrayList<>();
        add(figures, "rejected", "Letters since the start", total);
        kinds(workers).forEach((kind, letters) -> add(figures, "letters/" + kind, kind, (double) letters));
        Judged judged = workers.isEmpty() ? nobody() : new Judged(State.FINE, List.of());
        return step(DEAD_LETTERS, "Dead letters", TopologyNames.PARSE, false, judged, rate, null, figures, now);
    }

    /** By {@code stage/reason}, of the workers that tell it. */
    private static Map<String, Long> kinds(List<Watched> workers) {
        Map<String, Long> kinds = new TreeMap<>();
        for (Watched worker : workers) {
            for (TaskFigures task : worker.figures().tasks()) {
                task.byKey(TopologyNames.METRIC_DEAD_LETTERS).forEach((kind, letters) -> {
                    if (letters > 0) {
                        kinds.merge(kind, letters, Long::sum);
                    }
                });
            }
        }
        return kinds;
    }

    private static Judged nobody() {
        return new Judged(State.UNKNOWN, List.of("no worker answers"));
    }

    /** Whether a component holds chunks, and why. */
    private static Judged held(List<Watched> workers, String component, List<Figure> figures) {
        if (workers.isEmpty()) {
            return nobody();
        }
        Double chunks = sum(workers, component, TopologyNames.METRIC_HELD);
        add(figures, "held", "Chunks held", chunks);
        List<String> problems = texts(workers, component, TopologyNames.METRIC_PROBLEM);
        return problems.isEmpty() ? new Judged(State.FINE, List.of()) : new Judged(State.HOLDING, problems);
    }

    /** A sink that holds says why; else the store itself may be away, although nobody writes to it now. */
    private static Judged store(StoreView store, Judged judged) {
        if (store.state() != StoreView.State.UNKNOWN || judged.state == State.HOLDING) {
            return judged;
        }
        return new Judged(State.AWAY, List.of("does not answer the dashboard: " + store.reason()));
    }

    private Step step(
            String id,
            String title,
            String from,
            boolean isSink,
            Judged judged,
            double rate,
            Histogram latency,
            List<Figure> figures,
            long now) {
        Begun before = begun.get(id);
        if (before == null || before.state != judged.state) {
            before = new Begun(judged.state, now);
            begun.put(id, before);
        }
        return new Step(
                id,
                title,
                from,
                isSink,
                judged.state,
                before.since,
                judged.reasons.stream()
                        .limit(MOST_REASONS)
                        .map(WithoutAddresses::of)
                        .toList(),
                rate,
                latency == null ? Double.NaN : latency.quantile(0.5),
                latency == null ? Double.NaN : latency.quantile(0.99),
                List.copyOf(figures));
    }

    private static void add(List<Figure> figures, String name, String title, Double value) {
        if (value != null) {
            figures.add(new Figure(name, title, value));
        }
    }

    /** Of the workers that report it; null if none does. */
    private static Double sum(List<Watched> workers, String component, String metric) {
        Double sum = null;
        for (Watched worker : workers) {
            Optional<Long> own = worker.number(component, metric);
            if (own.isPresent()) {
                sum = own.get() + (sum == null ? 0 : sum);
            }
        }
        return sum;
    }

    private static double rate(List<Watched> workers, String component, String metric) {
        double rate = Double.NaN;
        for (Watched worker : workers) {
            double own = worker.rate(component, metric);
            rate = Double.isNaN(own) ? rate : own + (Double.isNaN(rate) ? 0 : rate);
        }
        return rate;
    }

    /** Each once, though several tasks may say it. */
    private static List<String> texts(List<Watched> workers, String component, String metric) {
        return workers.stream()
                .flatMap(worker -> worker.figures().tasks().stream())
                .filter(task -> task.component().equals(component))
                .flatMap(task -> task.text(metric).stream())
                .distinct()
                .toList();
    }
}
