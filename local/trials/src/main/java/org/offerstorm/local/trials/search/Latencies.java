package org.offerstorm.local.trials.search;

import java.util.Arrays;
import java.util.Locale;

/** Durations in microseconds and their quantiles. */
final class Latencies {
    private long[] micros = new long[1_024];
    private int size;

    synchronized void add(long nanos) {
        if (size == micros.length) {
            micros = Arrays.copyOf(micros, 2 * size);
        }
        micros[size++] = nanos / 1_000;
    }

    synchronized int size() {
        return size;
    }

    /** Milliseconds that the share {@code q} does not exceed; NaN without any. */
    synchronized double quantile(double q) {
        if (size == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(micros, size);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(q * size) - 1;
        return sorted[Math.min(size - 1, Math.max(0, rank))] / 1e3;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "p50 %.0f ms, p95 %.0f ms, p99 %.0f ms, most %.0f ms (%d)",
                quantile(0.5),
                quantile(0.95),
                quantile(0.99),
                quantile(1),
                size);
    }
}
