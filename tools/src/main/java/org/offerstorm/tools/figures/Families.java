package org.offerstorm.tools.figures;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.offerstorm.core.figures.Histogram;

/**
 * Metrics at one moment, to be served. A name may be given values several times; one without values is left out. Labels are
 * names and values in turn. One thread.
 */
public final class Families {
    private final Map<String, Family> families = new LinkedHashMap<>();

    private enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM,
        INFO,
        SUMMARY
    }

    private record Value(Labels labels, double number, long count, Histogram histogram) {}

    private record Family(Kind kind, String name, String help, List<Value> values) {}

    /**
     * Something that only grows, from 0 at the process's start.
     *
     * @param name without the ending {@code _total}, which is added
     */
    public Families counter(String name, String help, double value, String... labels) {
        return add(Kind.COUNTER, name, help, new Value(Labels.of(labels), value, 0, null));
    }

    /** The same of a whole number. */
    public Families counter(String name, String help, long value, String... labels) {
        return counter(name, help, (double) value, labels);
    }

    /** Something that grows and shrinks. */
    public Families gauge(String name, String help, double value, String... labels) {
        return add(Kind.GAUGE, name, help, new Value(Labels.of(labels), value, 0, null));
    }

    /** The same of a whole number. */
    public Families gauge(String name, String help, long value, String... labels) {
        return gauge(name, help, (double) value, labels);
    }

    /** Durations by bucket. Those of the same labels are added. */
    public Families histogram(String name, String help, Histogram value, String... labels) {
        Labels all = Labels.of(labels);
        Family family = family(Kind.HISTOGRAM, name, help);
        Optional<Value> known = family.values().stream()
                .filter(each -> each.labels().equals(all))
                .findFirst();
        known.ifPresent(family.values()::remove);
        Histogram sum = known.map(each -> each.histogram().plus(value)).orElse(value);
        family.values().add(new Value(all, 0, 0, sum));
        return this;
    }

    /** How often something was done, and how many seconds it took in all. */
    public Families seconds(String name, String help, long count, double sum, String... labels) {
        return add(Kind.SUMMARY, name, help, new Value(Labels.of(labels), sum, count, null));
    }

    /**
     * What does not change, as labels.
     *
     * @param name without the ending {@code _info}, which is added
     */
    public Families info(String name, String help, String... labels) {
        return add(Kind.INFO, name, help, new Value(Labels.of(labels), 1, 0, null));
    }

    MetricSnapshots snapshots() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        for (Family family : families.values()) {
            switch (family.kind()) {
                case COUNTER -> all.metricSnapshot(counters(family));
                case GAUGE -> all.metricSnapshot(gauges(family));
                case HISTOGRAM -> all.metricSnapshot(histograms(family));
                case INFO -> all.metricSnapshot(infos(family));
                case SUMMARY -> all.metricSnapshot(summaries(family));
            }
        }
        return all.build();
    }

    private Families add(Kind kind, String name, String help, Value value) {
        family(kind, name, help).values().add(value);
        return this;
    }

    private Family family(Kind kind, String name, String help) {
        return families.computeIfAbsent(name, any -> new Family(kind, name, help, new ArrayList<>()));
    }

    private static CounterSnapshot counters(Family family) {
        CounterSnapshot.Builder builder =
                CounterSnapshot.builder().name(family.name()).help(family.help());
        family.values()
                .forEach(value -> builder.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                        .labels(value.labels())
                        .value(value.number())
                        .build()));
        return builder.build();
    }

    private static GaugeSnapshot gauges(Family family) {
        GaugeSnapshot.Builder builder =
                GaugeSnapshot.builder().name(family.name()).help(family.help());
        family.values()
                .forEach(value -> builder.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .labels(value.labels())
                        .value(value.number())
                        .build()));
        return builder.build();
    }

    private static HistogramSnapshot histograms(Family family) {
        HistogramSnapshot.Builder builder =
                HistogramSnapshot.builder().name(family.name()).help(family.help());
        family.values().forEach(value -> {
            List<Double> bounds = new ArrayList<>(value.histogram().upTo());
            bounds.add(Double.POSITIVE_INFINITY);
            builder.dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                    .labels(value.labels())
                    .classicHistogramBuckets(
                            ClassicHistogramBuckets.of(bounds, value.histogram().counts()))
                    .sum(value.histogram().sum())
                    .build());
        });
        return builder.build();
    }

    private static InfoSnapshot infos(Family family) {
        InfoSnapshot.Builder builder =
                InfoSnapshot.builder().name(family.name()).help(family.help());
        family.values()
                .forEach(value -> builder.dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder()
                        .labels(value.labels())
                        .build()));
        return builder.build();
    }

    private static SummarySnapshot summaries(Family family) {
        SummarySnapshot.Builder builder =
                SummarySnapshot.builder().name(family.name()).help(family.help());
        family.values()
                .forEach(value -> builder.dataPoint(SummarySnapshot.SummaryDataPointSnapshot.builder()
                        .labels(value.labels())
                        .count(value.count())
                        .sum(value.number())
                        .build()));
        return builder.build();
    }
}
