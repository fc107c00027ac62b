package org.offerstorm.core.figures;

import java.util.ArrayList;
import java.util.List;

/**
 * How many durations fell into which bucket, at one moment.
 *
 * @param upTo upper bounds of the buckets, in seconds, ascending; a bucket has what is not above its bound
 * @param counts of each bucket alone, and at the end of what is above all bounds
 * @param sum of all durations, in seconds
 */
public record Histogram(List<Double> upTo, List<Long> counts, double sum) {
    /** Copies the lists. */
    public Histogram {
        upTo = List.copyOf(upTo);
        counts = List.copyOf(counts);
        if (counts.size() != upTo.size() + 1) {
            throw new IllegalArgumentException(upTo.size() + " bounds and " + counts.size() + " counts");
        }
    }

    /** How many durations there are. */
    public long count() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Both together.
     *
     * @throws IllegalArgumentException if the bounds differ
     */
    public Histogram plus(Histogram other) {
        if (!upTo.equals(other.upTo)) {
            throw new IllegalArgumentException("histograms of different bounds");
        }
        List<Long> both = new ArrayList<>(counts.size());
        for (int i = 0; i < counts.size(); i++) {
            both.add(counts.get(i) + other.counts.get(i));
        }
        return new Histogram(upTo, both, sum + other.sum);
    }

    /**
     * What is new since an earlier reading of the same process.
     *
     * @throws IllegalArgumentException if the bounds differ
     */
    public Histogram since(Histogram earlier) {
        if (!upTo.equals(earlier.upTo)) {
            throw new IllegalArgumentException("histograms of different bounds");
        }
        List<Long> since = new ArrayList<>(counts.size());
        for (int i = 0; i < counts.size(); i++) {
            since.add(counts.get(i) - earlier.counts.get(i));
        }
        return new Histogram(upTo, since, sum - earlier.sum);
    }

    /**
     * The bucket of a quantile.
     *
     * @param quantile from 0 to 1
     * @return its upper bound in seconds; infinite above all bounds, NaN if there are no durations
     */
    public double quantile(double quantile) {
        long all = count();
        if (all == 0) {
            return Double.NaN;
        }
        long rank = Math.max(1, (long) Math.ceil(quantile * all));
        long seen = 0;
        for (int i = 0; i < upTo.size(); i++) {
            seen += counts.get(i);
            if (seen >= rank) {
                return upTo.get(i);
            }
        }
        return Double.POSITIVE_INFINITY;
    }
}
