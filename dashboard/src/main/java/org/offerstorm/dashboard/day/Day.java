package org.offerstorm.dashboard.day;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The last 1,440 minutes of some figures. A minute without a value is unknown; of several values in a minute the last one
 * stays. Any thread may call it.
 */
public final class Day {
    /** As long as it remembers. */
    public static final int MINUTES = 1_440;

    /** Series; one more is not kept, so that names from outside cannot fill the memory. */
    static final int MOST_SERIES = 300;

    /** A line through fewer minutes says nothing. */
    private static final int FEWEST_MINUTES = 10;

    /** By name. */
    private final TreeMap<String, Ring> series = new TreeMap<>();

    /** The value of each minute at {@code minute % MINUTES}. */
    private static final class Ring {
        private final double[] values = new double[MINUTES];
        private long newest;

        Ring(long minute) {
            Arrays.fill(values, Double.NaN);
            newest = minute;
        }

        void put(long minute, double value) {
            if (minute <= newest - MINUTES) {
                return;
            }
            for (long skipped = Math.max(newest + 1, minute - MINUTES + 1); skipped <= minute; skipped++) {
                values[at(skipped)] = Double.NaN;
            }
            newest = Math.max(newest, minute);
            values[at(minute)] = value;
        }

        double get(long minute) {
            return minute > newest || minute <= newest - MINUTES ? Double.NaN : values[at(minute)];
        }

        private static int at(long minute) {
            return (int) Math.floorMod(minute, (long) MINUTES);
        }
    }

    /**
     * Notes a value.
     *
     * @param name of the series: a closed set
     * @param minute since 1970
     * @param value not a number and infinite: unknown
     */
    public synchronized void put(String name, long minute, double value) {
        Ring ring = series.get(name);
        if (ring == null) {
            if (series.size() == MOST_SERIES) {
                return;
            }
            ring = new Ring(minute);
            series.put(name, ring);
        }
        ring.put(minute, Double.isFinite(value) ? value : Double.NaN);
    }

    /**
     * The last day in steps, oldest first: the mean of what is known of each step, not a number if nothing is.
     *
     * @param last the minute that ends the last step
     * @param step minutes, a divisor of {@link #MINUTES}
     */
    public synchronized double[] steps(String name, long last, int step) {
        double[] steps = new double[MINUTES / step];
        Arrays.fill(steps, Double.NaN);
        Ring ring = series.get(name);
        if (ring == null) {
            return steps;
        }
        for (int i = 0; i < steps.length; i++) {
            double sum = 0;
            int known = 0;
            for (int minute = 0; minute < step; minute++) {
                double value = ring.get(last - MINUTES + 1 + (long) i * step + minute);
                if (!Double.isNaN(value)) {
                    sum += value;
                    known++;
                }
            }
            if (known > 0) {
                steps[i] = sum / known;
            }
        }
        return steps;
    }

    /** How a figure grew in the last day; empty if less than ten minutes are known. */
    public synchronized Optional<Growth> growth(String name, long last) {
        Ring ring = series.get(name);
        if (ring == null) {
            return Optional.empty();
        }
        long first = -1;
        long newest = -1;
        double n = 0;
        double meanX = 0;
        double meanY = 0;
        for (long minute = last - MINUTES + 1; minute <= last; minute++) {
            double value = ring.get(minute);
            if (!Double.isNaN(value)) {
                first = first < 0 ? minute : first;
                newest = minute;
                n++;
                meanX += (minute - last - meanX) / n;
                meanY += (value - meanY) / n;
            }
        }
        if (n < 2 || newest - first < FEWEST_MINUTES) {
            return Optional.empty();
        }
        double up = 0;
        double across = 0;
        for (long minute = first; minute <= newest; minute++) {
            double value = ring.get(minute);
            if (!Double.isNaN(value)) {
                double x = minute - last - meanX;
                up += x * (value - meanY);
                across += x * x;
            }
        }
        return Optional.of(new Growth(up / across * MINUTES, newest - first));
    }

    /** The names and their values, for {@link DayFile}: from the oldest minute to the newest. */
    synchronized TreeMap<String, Kept> kept() {
        TreeMap<String, Kept> kept = new TreeMap<>();
        series.forEach((name, ring) -> {
            List<Double> values = new ArrayList<>(MINUTES);
            for (int i = 0; i < MINUTES; i++) {
                values.add(ring.get(ring.newest - MINUTES + 1 + i));
            }
            kept.put(name, new Kept(ring.newest, values));
        });
        return kept;
    }

    /**
     * A series.
     *
     * @param newest the minute of the last value
     */
    record Kept(long newest, List<Double> values) {}
}
