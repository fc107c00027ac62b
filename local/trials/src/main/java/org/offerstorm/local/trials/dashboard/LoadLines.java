package org.offerstorm.local.trials.dashboard;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The lines of the report, and the quantiles in them. Used by one thread. */
final class LoadLines {
    private final PrintWriter out;

    LoadLines(PrintWriter out) {
        this.out = out;
    }

    void line(String what, String format, Object... values) {
        out.printf(Locale.ROOT, "%-28s %s%n", what, String.format(Locale.ROOT, format, values));
        out.flush();
    }

    /** @param micros in ascending order */
    void times(String what, List<Long> micros) {
        line(
                what,
                "p50 %.1f ms, p99 %.1f ms, most %.1f ms, of %d",
                at(micros, 0.5) / 1e3,
                at(micros, 0.99) / 1e3,
                at(micros, 1) / 1e3,
                micros.size());
    }

    /** The smallest value that {@code part} of all values do not exceed; -1 if there are none. */
    static long at(List<Long> sorted, double part) {
        return sorted.isEmpty()
                ? -1
                : sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(part * sorted.size()) - 1));
    }
}
