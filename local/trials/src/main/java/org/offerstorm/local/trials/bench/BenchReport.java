package org.offerstorm.local.trials.bench;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.offerstorm.local.trials.bench.Measurement.Tenth;

/**
 * What a benchmark came to: of each contender the run in the middle of its rounds, by rate.
 *
 * @param sinks as asked for
 * @param offers records of a run
 * @param bytes of a record's value, on average
 * @param rounds runs of each contender, taking turns
 * @param runs the middle one of each contender
 */
record BenchReport(String sinks, long offers, long bytes, int workers, int rounds, Map<String, Measurement> runs)
        implements BenchFigures {
    static final String TOPOLOGY = "topology";
    static final String LOOP = "plain loop";

    private static final String REDIS = "redis";

    /** Share of a core, or of all cores, above which it counts as fully used: other processes need the rest. */
    private static final double FULL = 0.85;

    /** The run in the middle, by rate; of two the faster. */
    static Measurement middle(List<Measurement> runs) {
        return runs.stream()
                .sorted(Comparator.comparingDouble(Measurement::offersPerSecond))
                .toList()
                .get(runs.size() / 2);
    }

    /** The topology's rate as a share of the plain loop's. */
    double rateShare() {
        return runs.get(TOPOLOGY).offersPerSecond() / runs.get(LOOP).offersPerSecond();
    }

    /** The CPU of the topology's worker as a multiple of the plain loop's. */
    double cpuShare() {
        return runs.get(TOPOLOGY).workerCpu() / runs.get(LOOP).workerCpu();
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%,d offers of %d bytes, sinks %s, %d worker%s; the middle of %d rounds, each one's second half",
                offers,
                bytes,
                sinks,
                workers,
                workers == 1 ? "" : "s",
                rounds);
        line(text, "");
        line(text, "%-14s %10s %7s   CPU seconds per million offers", "", "offers/s", "MB/s");
        StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%-14s %10s %7s", "", "", ""));
        List<String> processes =
                List.copyOf(runs.values().iterator().next().cpu().keySet());
        processes.forEach(process -> head.append(String.format(Locale.ROOT, " %7s", process)));
        line(text, "%s %7s", head, "all");
        for (Measurement run : runs.values()) {
            StringBuilder row = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%-14s %,10.0f %7.1f",
                    run.contender(),
                    run.offersPerSecond(),
                    run.offersPerSecond() * bytes / 1e6));
            processes.forEach(process ->
                    row.append(String.format(Locale.ROOT, " %7.2f", run.cpu().get(process))));
            line(text, "%s %7.2f", row, run.totalCpu());
        }
        line(text, "");
        if (runs.containsKey(LOOP)) {
            line(
                    text,
                    "The topology has %.2f x the rate of the plain loop, and its worker %.2f x the CPU.",
                    rateShare(),
                    cpuShare());
        }
        Measurement topology = runs.get(TOPOLOGY);
        line(text, "%s", bound(topology, Runtime.getRuntime().availableProcessors()));
        line(text, "Inside its worker, CPU seconds per million offers: %s.", components(topology));
        line(
                text,
                "Garbage collection took %.1f %% of the time; most memory %,d MB resident.",
                topology.collections() * 100,
                topology.peakMemory() >> 20);
        line(text, "By tenth of the run:");
        tenths(text, "  offers/s", topology, "%,9.0f", Tenth::offersPerSecond);
        tenths(text, "  worker's CPU-s", topology, "%9.2f", Tenth::workerCpu);
        tenths(text, "  CPU-s of all", topology, "%9.2f", Tenth::totalCpu);
        tenths(text, "  worker's MB", topology, "%,9.0f", tenth -> tenth.memory() / 1048576.0);
        return text.toString();
    }

    /** What the run could have no more of. */
    static String bound(Measurement run, int cores) {
        double millionsPerSecond = run.offersPerSecond() / 1e6;
        double used = run.totalCpu() * millionsPerSecond;
        Map.Entry<String, Double> most =
                Collections.max(run.cpu().entrySet(), Map.Entry.<String, Double>comparingByValue());
        String busy = String.format(
                Locale.ROOT,
                "It used %.2f of %d cores, most of that in %s (%.2f)",
                used,
                cores,
                most.getKey(),
                most.getValue() * millionsPerSecond);
        if (used >= FULL * cores) {
            return busy + ": the processor bounds it.";
        }
        Map<String, Double> perThread = new TreeMap<>(); // on average, with what its clients' threads do
        run.tasks()
                .forEach((component, tasks) -> perThread.put(
                        boundBy(component, tasks), run.components().getOrDefault(component, 0.0) / tasks));
        perThread.put(boundBy(REDIS, 1), run.cpu().getOrDefault(REDIS, 0.0));
        return perThread.entrySet().stream()
                .filter(each -> each.getValue() * millionsPerSecond >= FULL)
                .max(Map.Entry.comparingByValue())
                .map(each -> busy + ": " + each.getKey())
                .orElse(busy + ": it waits, for servers' answers or for disks.");
    }

    private static String boundBy(String component, int threads) {
        return component + " takes nearly all that " + (threads == 1 ? "one thread" : "its " + threads + " threads")
                + " can.";
    }

    private static String components(Measurement run) {
        Map<String, Double> parts = new LinkedHashMap<>(new TreeMap<>(run.components()));
        double known = parts.values().stream().mapToDouble(Double::doubleValue).sum();
        parts.put("JVM (collector, compiler)", Math.max(0, run.workerCpu() - known));
        StringBuilder text = new StringBuilder();
        parts.forEach((part, cpu) -> {
            if (cpu >= 0.005) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(part)
                        .append(' ')
                        .append(String.format(Locale.ROOT, "%.2f", cpu));
            }
        });
        return text.toString();
    }

    private static void tenths(
            StringBuilder text, String title, Measurement run, String format, ToDoubleFunction<Tenth> figure) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-18s", title));
        run.tenths().forEach(tenth -> row.append(String.format(Locale.ROOT, format, figure.applyAsDouble(tenth))));
        line(text, "%s", row);
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
