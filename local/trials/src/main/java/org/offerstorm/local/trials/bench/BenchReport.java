package org.offerstorm.local.trials.bench;

import java.util.ArrayList;
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
 * What a benchmark came to: of each contender the run in the middle of its rounds, by rate, and the topology's ratios to
 * its neighbours.
 *
 * @param sinks as asked for
 * @param offers records of a run
 * @param bytes of a record's value, on average
 * @param rounds runs of each contender, taking turns
 * @param runs the middle one of each contender
 * @param ratios the topology compared with each neighbour
 * @param guarantees what the topology and each neighbour guarantee, one line each
 * @param leftOut neighbours that did not run, and why
 */
record BenchReport(
        String sinks,
        long offers,
        long bytes,
        int workers,
        int rounds,
        Map<String, Measurement> runs,
        List<NeighbourRatio> ratios,
        Map<String, String> guarantees,
        Map<String, String> leftOut)
        implements BenchFigures {
    static final String TOPOLOGY = "topology";

    private static final String GUARANTEE =
            "the effect of each record once in every store, also after crashes, replays and outages; refused records in"
                    + " the dead letters before their chunk is acked; gaps, topics created again, and stores that lost"
                    + " data are noticed";
    private static final String NO_LIBRARIES = "its libraries could not be fetched";
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

    /**
     * The report of all runs.
     *
     * @param runs of each contender, a run for each round
     * @param missing neighbours without libraries
     */
    static BenchReport of(
            BenchOptions options,
            long offers,
            long bytes,
            int rounds,
            Map<String, List<Measurement>> runs,
            List<Neighbour> missing) {
        Map<String, Measurement> middle = new LinkedHashMap<>();
        runs.forEach((name, each) -> middle.put(name, middle(each)));
        List<NeighbourRatio> ratios = new ArrayList<>();
        Map<String, String> guarantees = new LinkedHashMap<>();
        guarantees.put(TOPOLOGY, GUARANTEE);
        for (Neighbour neighbour : Neighbour.values()) {
            if (runs.containsKey(neighbour.title())) {
                ratios.add(NeighbourRatio.of(neighbour.title(), runs.get(TOPOLOGY), runs.get(neighbour.title())));
                guarantees.put(neighbour.title(), neighbour.guarantee());
            }
        }
        Map<String, String> leftOut = new LinkedHashMap<>();
        missing.forEach(neighbour -> leftOut.put(neighbour.title(), NO_LIBRARIES));
        return new BenchReport(
                options.sinks(), offers, bytes, options.workers(), rounds, middle, ratios, guarantees, leftOut);
    }

    static String leftOut(Neighbour neighbour) {
        return leftOut(neighbour.title(), NO_LIBRARIES);
    }

    private static String leftOut(String neighbour, String why) {
        return neighbour + " is left out: " + why + ".";
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
        leftOut.forEach((neighbour, why) -> line(text, "%s", leftOut(neighbour, why)));
        if (!ratios.isEmpty()) {
            comparison(text);
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

    private void comparison(StringBuilder text) {
        line(text, "The topology as a multiple of its neighbours, each round by itself:");
        line(text, "%-32s %7s %7s %7s   by round", "", "median", "least", "most");
        for (NeighbourRatio ratio : ratios) {
            ratio(text, ratio.neighbour() + ", offers/s", ratio.rate());
            ratio(text, ratio.neighbour() + ", worker's CPU", ratio.workerCpu());
            ratio(text, ratio.neighbour() + ", CPU of all", ratio.totalCpu());
        }
        ratios.stream()
                .filter(NeighbourRatio::noisy)
                .forEach(ratio -> line(
                        text,
                        "Noisy: rounds of %s have %,.0f to %,.0f offers/s, more than a third apart. Run it again when"
                                + " nothing else uses the machine.",
                        ratio.neighbour(),
                        ratio.neighbourRate().least(),
                        ratio.neighbourRate().most()));
        line(text, "");
        line(text, "What each guarantees:");
        guarantees.forEach((name, guarantee) -> line(text, "  %s: %s.", name, guarantee));
        line(text, "");
    }

    private static void ratio(StringBuilder text, String title, Spread spread) {
        StringBuilder rounds = new StringBuilder();
        spread.rounds().forEach(each -> rounds.append(String.format(Locale.ROOT, " %.2f", each)));
        line(text, "  %-30s %7.2f %7.2f %7.2f  %s", title, spread.median(), spread.least(), spread.most(), rounds);
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
