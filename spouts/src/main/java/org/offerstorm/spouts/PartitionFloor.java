package org.offerstorm.spouts;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How far one partition is acked without a hole. Ranges tile the log, so what is acked out of order waits until the range
 * before it is acked too. Not safe for use by many threads; {@link Slot} guards it.
 */
final class PartitionFloor {
    private final NavigableMap<Long, Long> ahead = new TreeMap<>();
    private long floor;

    PartitionFloor(long floor) {
        this.floor = floor;
    }

    /** Every offset below is acked. */
    long offset() {
        return floor;
    }

    /** The range {@code [from, next)} is acked; {@code from} is the end of another range, or the start. */
    void ack(long from, long next) {
        if (from > floor) {
            ahead.put(from, next);
            return;
        }
        floor = Math.max(floor, next);
        while (!ahead.isEmpty() && ahead.firstKey() <= floor) {
            floor = Math.max(floor, ahead.pollFirstEntry().getValue());
        }
    }
}
