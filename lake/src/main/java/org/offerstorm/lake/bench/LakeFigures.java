package org.offerstorm.lake.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.offerstorm.core.check.Failure;

/** The figures of all trials: CPU seconds and ratios, each as the median with the least and the most. */
final class LakeFigures {
    /** What both contenders must have counted alike. */
    private static final List<String> COMMON = List.of("counts", "at", "history", "rows");

    private static final String NONE = "-";

    private final LakeBench.Options options;
    private final int merges;
    private final List<Map<String, LakeFigure>> lake = new ArrayList<>();
    private final List<Map<String, LakeFigure>> plain = new ArrayList<>();
    private Map<String, LakeFigure> large;

    LakeFigures(LakeBench.Options options, int merges) {
        this.options = options;
        this.merges = merges;
    }

    /** One trial. */
    void add(String contender, Map<String, LakeFigure> trial) {
        (contender.equals(LakeTrial.LAKE) ? lake : plain).add(trial);
        Map<String, LakeFigure> first = lake.isEmpty() ? plain.get(0) : lake.get(0);
        for (String name : COMMON) {
            long must = first.get(name).number();
            long is = trial.get(name).number();
            if (must != is) {
                throw Failure.difference("the contenders do not agree, so there is nothing to compare: '" + name
                        + "' is " + is + " by " + contender + ", and was " + must + " before");
            }
        }
    }

    void large(Map<String, LakeFigure> trial) {
        large = trial;
    }

    String report() throws IOException {
        StringBuilder text = new StringBuilder();
        line(text, "%s", machine());
        line(
                text,
                "%,d offers, then %d times %,d changes; %d rounds in turns, seed %d; median (least to most)",
                options.offers(),
                merges,
                options.changes(),
                options.rounds(),
                options.seed());
        line(text, "");
        line(text, "%-34s %24s %24s %22s", "CPU seconds", "lake", "plain job", "lake / plain");
        row(text, "start of Spark", trial -> trial.get("session").cpu());
        row(text, "first load, with counts", trial -> trial.get("load").cpu());
        row(text, "merge of changes, with counts", trial -> mean(trial, LakeFigure::cpu));
        row(text, "table of counts", trial -> trial.get("counts").cpu());
        row(text, "counts at an instant", trial -> trial.get("at").cpu());
        row(text, "versions of one offer", trial -> trial.get("history").cpu());
        line(text, "");
        line(text, "%-34s", "wall seconds");
        row(text, "start of Spark", trial -> trial.get("session").wall());
        row(text, "first load, with counts", trial -> trial.get("load").wall());
        row(text, "merge of changes, with counts", trial -> mean(trial, LakeFigure::wall));
        line(text, "");
        row(
                text,
                "bytes a row",
                trial ->
                        (double) trial.get("bytes").number() / trial.get("rows").number());
        row(text, "data files", trial -> trial.get("data files").number());
        row(text, "peak resident memory, MB", trial -> trial.get("peak").number());
        if (large != null) {
            largeReport(text);
        }
        return text.toString();
    }

    private void largeReport(StringBuilder text) {
        line(text, "");
        line(
                text,
                "The same changes into %,d offers (once; the ratio of each merge to the same merge above):",
                options.large());
        line(text, "%-34s %24.2f", "first load, CPU seconds", large.get("load").cpu());
        double[] ratios = IntStream.rangeClosed(1, merges)
                .mapToDouble(merge -> cpu(large, merge) / median(lake.stream().mapToDouble(trial -> cpu(trial, merge))))
                .toArray();
        line(
                text,
                "%-34s %24.2f %24s %22s",
                "merge of changes, CPU seconds",
                mean(large, LakeFigure::cpu),
                "",
                spread(ratios));
        line(text, "%-34s %24d", "peak resident memory, MB", large.get("peak").number());
    }

    private static double cpu(Map<String, LakeFigure> trial, int merge) {
        return trial.get("merge-" + merge).cpu();
    }

    private double mean(Map<String, LakeFigure> trial, ToDoubleFunction<LakeFigure> seconds) {
        return IntStream.rangeClosed(1, merges)
                .mapToDouble(merge -> seconds.applyAsDouble(trial.get("merge-" + merge)))
                .average()
                .orElseThrow();
    }

    private void row(StringBuilder text, String name, ToDoubleFunction<Map<String, LakeFigure>> figure) {
        double[] ours = lake.stream().mapToDouble(figure).toArray();
        double[] theirs = plain.stream().mapToDouble(figure).toArray();
        double[] ratios = IntStream.range(0, theirs.length)
                .mapToDouble(round -> ours[round] / theirs[round])
                .toArray();
        line(text, "%-34s %24s %24s %22s", name, spread(ours), spread(theirs), spread(ratios));
    }

    private static String spread(double[] values) {
        return values.length == 0
                ? NONE
                : String.format(
                        Locale.ROOT,
                        "%.2f (%.2f to %.2f)",
                        median(DoubleStream.of(values)),
                        DoubleStream.of(values).min().orElseThrow(),
                        DoubleStream.of(values).max().orElseThrow());
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    static String machine() throws IOException {
        Path processors = Path.of("/proc/cpuinfo");
        String model = !Files.isReadable(processors)
                ? System.getProperty("os.arch")
                : Files.readAllLines(processors).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(System.getProperty("os.arch"));
        return String.format(
                Locale.ROOT,
                "%d cores of %s, Java %s with -Xmx%dm, load now %.1f: above the number of cores, wall seconds say little",
                Runtime.getRuntime().availableProcessors(),
                model,
                Runtime.version().feature(),
                Runtime.getRuntime().maxMemory() >> 20,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
