package org.offerstorm.local.trials.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report for people. */
public final class ReportText {
    private static final String GAP = "  ";
    private static final int SECONDS = 7;

    private ReportText() {}

    /** The table's heading. */
    static String heading(List<String> sinks, int faultWidth) {
        StringBuilder line =
                new StringBuilder(String.format(Locale.ROOT, "%4s  %6s  %-" + faultWidth + "s", "step", "at", "fault"));
        for (String sink : sinks) {
            line.append(right(sink));
        }
        return line.append(right("re-read")).append(GAP).append("outcome").toString();
    }

    /** A row of the table. */
    static String row(StepResult step, List<String> sinks, int faultWidth) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT, "%4d  %6s  %-" + faultWidth + "s", step.number(), clock(step.atSeconds()), step.fault()));
        for (String sink : sinks) {
            line.append(right(seconds(step.freshSeconds().get(sink))));
        }
        return line.append(right(seconds(step.rereadSeconds())))
                .append(GAP)
                .append(step.outcome())
                .toString();
    }

    /** What comes after the table. */
    public static String summary(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add(String.join(", ", report.sinks())
                + ": seconds from the heal (from the fault, if nothing was to be healed) until the sink held records of every"
                + " partition that were produced since.");
        lines.add(
                "re-read: seconds of input between the committed offsets and the topic's end when a worker was killed.");
        lines.add("");
        lines.addAll(figures(report));
        return String.join("\n", lines) + "\n";
    }

    static int width(List<String> faults) {
        return Math.max(
                "fault".length(), faults.stream().mapToInt(String::length).max().orElse(0));
    }

    private static List<String> figures(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add(line("faults gone through", "%,d of %,d planned", report.goneThrough(), report.planned()));
        lines.add(line("records sent", "%,d%s", report.sent(), unconfirmed(report)));
        lines.add(line(
                "records emitted",
                "%,d, %.4f of those sent; %,d chunks by a running spout again",
                report.emitted(),
                report.emittedOfSent(),
                report.replayedChunks()));
        lines.add(line(
                "workers ended",
                "%,d; without a fault: %,d%s",
                report.workerEnds(),
                report.unexplainedEnds().size(),
                examples(report.unexplainedEnds())));
        lines.add(line(
                "counts out of bounds",
                "%,d in %,d reads%s",
                report.brokenReads(),
                report.countReads(),
                examples(report.brokenExamples())));
        lines.add(line(
                "lost by Kafka",
                "%s of those confirmed%s",
                report.lostByKafka() == null
                        ? "not compared, any"
                        : String.format(Locale.ROOT, "%,d", report.lostByKafka()),
                examples(report.lostExamples())));
        List<Double> kills = report.killToFresh();
        if (!kills.isEmpty()) {
            lines.add(line(
                    "kill -9 to all fresh",
                    "p50 %.1f s, p95 %.1f s, most %.1f s, of %d",
                    Report.quantile(kills, 0.5),
                    Report.quantile(kills, 0.95),
                    Report.quantile(kills, 1),
                    kills.size()));
        }
        report.steps().stream()
                .map(StepResult::rereadSeconds)
                .filter(seconds -> seconds != null)
                .max(Double::compare)
                .ifPresent(most -> lines.add(line("input re-read", "%.1f s at most", most)));
        lines.add(line("verify", "%s", verdict(report.verify())));
        if (report.lake() != null) {
            lines.add(line("lake run, lake verify", " %s", verdict(report.lake())));
        }
        return lines;
    }

    private static String verdict(Integer code) {
        return code == null
                ? "not run"
                : switch (code) {
                    case 0 -> "all stores agree with the topic";
                    case 1 -> "ANOMALIES";
                    default -> "could not compare";
                };
    }

    private static String verdict(LakeVerdict lake) {
        if (lake.agrees()) {
            return "the layers agree, and the tables hold what is staged";
        }
        return lake.run() == null || lake.verify() == null
                ? "not run"
                : String.format(Locale.ROOT, "ANOMALIES (exit codes %d and %d)", lake.run(), lake.verify());
    }

    private static String unconfirmed(Report report) {
        return report.unconfirmed() == 0
                ? ""
                : String.format(Locale.ROOT, " and %,d that were not confirmed", report.unconfirmed());
    }

    private static String examples(List<String> examples) {
        return examples.isEmpty() ? "" : ": " + String.join(", ", examples);
    }

    private static String line(String what, String format, Object... values) {
        return String.format(Locale.ROOT, "%-21s", what) + String.format(Locale.ROOT, format, values);
    }

    private static String clock(double seconds) {
        return String.format(Locale.ROOT, "%02d:%02d", (int) seconds / 60, (int) seconds % 60);
    }

    private static String seconds(Double seconds) {
        return seconds == null ? "-" : String.format(Locale.ROOT, "%.1f", seconds);
    }

    private static String right(String text) {
        return GAP + " ".repeat(Math.max(0, SECONDS - text.length())) + text;
    }
}
