package org.offerstorm.local.trials.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When each record was due and when it had reached each stage, in nanoseconds of {@link System#nanoTime}. Records count from 0 in
 * the order of the topic. {@link #reached} may be called by several threads.
 */
final class StageTimes {
    private final long[] due;
    private final Map<String, long[]> reached = new LinkedHashMap<>();

    StageTimes(int records) {
        due = new long[records];
    }

    int records() {
        return due.length;
    }

    /** Called by the producer alone, before the record can reach a stage. */
    void due(int record, long nanos) {
        due[record] = nanos;
    }

    /** By now the stage has passed so many records; those of them that it had not passed before reached it at {@code now}. */
    void reached(String stage, long records, long now) {
        synchronized (reached) {
            long[] times = reached.computeIfAbsent(stage, name -> new long[due.length]);
            for (int n = (int) Math.min(records, due.length) - 1; n >= 0 && times[n] == 0; n--) {
                times[n] = now;
            }
        }
    }

    /** By stage, of the records from {@code first} on: how long after they were due they reached it. */
    Map<String, SteadyReport.Quantiles> latencies(int first) {
        Map<String, SteadyReport.Quantiles> latencies = new LinkedHashMap<>();
        synchronized (reached) {
            reached.forEach((stage, times) -> latencies.put(stage, quantiles(times, first)));
        }
        return latencies;
    }

    private SteadyReport.Quantiles quantiles(long[] times, int first) {
        double[] millis = new double[times.length - first];
        for (int n = first; n < times.length; n++) {
            millis[n - first] = (times[n] - due[n]) / 1e6;
        }
        Arrays.sort(millis);
        return new SteadyReport.Quantiles(
                at(millis, 0.5), at(millis, 0.99), at(millis, 0.999), millis[millis.length - 1]);
    }

    private static double at(double[] sorted, double quantile) {
        return sorted[Math.max(0, (int) Math.ceil(quantile * sorted.length) - 1)];
    }
}
