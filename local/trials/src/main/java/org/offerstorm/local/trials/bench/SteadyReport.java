package org.offerstorm.local.trials.bench;

import java.util.Locale;
import java.util.Map;
import org.offerstorm.core.figures.Histogram;

/**
 * How long offers take at a steady rate.
 *
 * @param rate offers a second
 * @param sent offers in all
 * @param workerCores how many of the machine's cores the worker used
 * @param cores how many of them each server used
 * @param latencies by stage: milliseconds, from when the offer was due until it was durable (searchable)
 * @param histograms by component of a sink: what the worker counted itself meanwhile
 * @param scrape milliseconds to read a worker's metrics
 */
record SteadyReport(
        String sinks,
        int rate,
        long sent,
        double workerCores,
        Map<String, Double> cores,
        long peakMemory,
        Map<String, Quantiles> latencies,
        Map<String, Histogram> histograms,
        double scrape)
        implements BenchFigures {

    /** Milliseconds. */
    record Quantiles(double p50, double p99, double p999, double most) {}

    private static final double HALF = 0.5;
    private static final double MOST = 0.99;
    private static final double MILLIS = 1e3;

    /** Whether median and 99th percentile are in the histogram's buckets of them, or in neighbours. */
    static boolean agree(Histogram histogram, Quantiles measured) {
        return Math.abs(bucket(histogram, histogram.quantile(HALF)) - bucket(histogram, measured.p50() / MILLIS)) <= 1
                && Math.abs(bucket(histogram, histogram.quantile(MOST)) - bucket(histogram, measured.p99() / MILLIS))
                        <= 1;
    }

    private static int bucket(Histogram histogram, double seconds) {
        return (int) histogram.upTo().stream().filter(bound -> bound < seconds).count();
    }

    private static String bound(Histogram histogram, double quantile) {
        return String.format(Locale.ROOT, "<= %.0f", histogram.quantile(quantile) * MILLIS);
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%,d offers at %,d a second, sinks %s%n%n%-22s %8s %8s %8s %8s%n",
                sent,
                rate,
                sinks,
                "due until …, in ms",
                "p50",
                "p99",
                "p99.9",
                "most"));
        latencies.forEach((stage, quantiles) -> text.append(String.format(
                Locale.ROOT,
                "%-22s %8.0f %8.0f %8.0f %8.0f%n",
                stage,
                quantiles.p50(),
                quantiles.p99(),
                quantiles.p999(),
                quantiles.most())));
        text.append(String.format(Locale.ROOT, "%nThe worker's histograms, in ms:%n"));
        histograms.forEach((sink, histogram) -> text.append(String.format(
                Locale.ROOT,
                "%-22s %8s %8s  %s%n",
                sink,
                bound(histogram, HALF),
                bound(histogram, MOST),
                agree(histogram, latencies.get(sink)) ? "agrees" : "is more than one bucket away")));
        text.append(String.format(Locale.ROOT, "Its metrics are read in %.1f ms.%n", scrape));
        text.append(String.format(
                Locale.ROOT,
                "%nThe worker used %.0f %% of a core, and %,d MB resident at most. The servers:",
                workerCores * 100,
                peakMemory >> 20));
        cores.forEach((server, used) -> text.append(String.format(Locale.ROOT, " %s %.0f %%", server, used * 100)));
        return text.append(".\n").toString();
    }
}
