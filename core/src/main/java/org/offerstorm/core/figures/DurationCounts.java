package org.offerstorm.core.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;

/** Counts durations by bucket. Any thread records, any thread reads; a reader may miss what is just being recorded. */
public final class DurationCounts {
    /** Upper bounds in milliseconds: about two to each factor of 5, from a fast call to an outage of some minutes. */
    private static final long[] MILLIS = {
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000
    };

    private static final List<Double> SECONDS =
            Arrays.stream(MILLIS).mapToObj(millis -> millis / 1_000.0).toList();

    private static final double NANOS = 1e9;

    private final AtomicLongArray counts = new AtomicLongArray(MILLIS.length + 1);
    private final DoubleAdder seconds = new DoubleAdder();

    /** Upper bounds of the buckets, in seconds. */
    public static List<Double> bounds() {
        return SECONDS;
    }

    /**
     * Counts one.
     *
     * @param duration in nanoseconds; below 0, which clocks of two machines may give, is 0
     */
    public void add(long duration) {
        add(duration, 1);
    }

    /**
     * Counts some of the same duration.
     *
     * @param duration in nanoseconds; below 0, which clocks of two machines may give, is 0
     * @param times at least 0
     */
    public void add(long duration, int times) {
        long recorded = Math.max(0, duration);
        int bucket = 0;
        while (bucket < MILLIS.length && recorded > TimeUnit.MILLISECONDS.toNanos(MILLIS[bucket])) {
            bucket++;
        }
        counts.addAndGet(bucket, times);
        seconds.add(recorded / NANOS * times);
    }

    /** What was recorded until now. */
    public Histogram histogram() {
        List<Long> read = new ArrayList<>(counts.length());
        for (int i = 0; i < counts.length(); i++) {
            read.add(counts.get(i));
        }
        return new Histogram(SECONDS, read, seconds.sum());
    }
}
