package org.offerstorm.core.model;

/**
 * Offsets {@code [from, next)} of one partition that a chunk covers. The ranges of a partition tile its log: {@code from}
 * is the previous {@code next}, over transaction markers, aborted records and reported gaps.
 *
 * @param logStart the range begins where the log began; only such a range may create a sink's coverage of a partition
 */
public record OffsetRange(int partition, long from, long next, boolean logStart) {
    public OffsetRange {
        if (partition < 0 || from < 0 || next < from) {
            throw new IllegalArgumentException("bad range [" + from + ", " + next + ") of partition " + partition);
        }
    }
}
