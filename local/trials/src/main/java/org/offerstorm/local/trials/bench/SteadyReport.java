package org.offerstorm.local.trials.bench;

import java.util.Locale;
import java.util.Map;

/**
 * How long offers take at a steady rate.
 *
 * @param rate offers a second
 * @param sent offers in all
 * @param workerCores how many of the machine's cores the worker used
 * @param cores how many of them each server used
 * @param latencies by stage: milliseconds, from when the offer was due until it was durable (searchable)
 */
record SteadyReport(
        String sinks,
        int rate,
        long sent,
        double workerCores,
        Map<String, Double> cores,
        long peakMemory,
        Map<String, Quantiles> latencies)
        implements BenchFigures {

    /** Milliseconds. */
    record Quantiles(double p50, double p99, double p999, double most) {}

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
        text.append(String.format(
                Locale.ROOT,
                "%nThe worker used %.0f %% of a core, and %,d MB resident at most. The servers:",
                workerCores * 100,
                peakMemory >> 20));
        cores.forEach((server, used) -> text.append(String.format(Locale.ROOT, " %s %.0f %%", server, used * 100)));
        return text.append(".\n").toString();
    }
}
