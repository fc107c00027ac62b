package org.offerstorm.lake.batch;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A cut through the log: all records of earlier epochs, and of this epoch those below an offset in each partition.
 * Immutable.
 *
 * @param epoch the operator's counter of re-created topics; 0: nothing at all
 * @param next partition → first offset that is not included; a partition that is missing has none
 */
public record OffsetVector(int epoch, SortedMap<Integer, Long> next) implements Serializable {
    /** Before the first record. */
    public static final OffsetVector NOTHING = new OffsetVector(0, new TreeMap<>());

    public OffsetVector {
        next = Collections.unmodifiableSortedMap(new TreeMap<>(next));
    }

    /** Whether the record at this position is included. */
    public boolean covers(int recordEpoch, int partition, long offset) {
        return recordEpoch < epoch || (recordEpoch == epoch && offset < next.getOrDefault(partition, 0L));
    }

    /** Whether everything that {@code other} includes is included. */
    public boolean covers(OffsetVector other) {
        return other.epoch < epoch
                || (other.epoch == epoch
                        && other.next.entrySet().stream()
                                .allMatch(entry -> entry.getValue() <= next.getOrDefault(entry.getKey(), 0L)));
    }

    /** What either of the two includes. */
    public OffsetVector union(OffsetVector other) {
        if (epoch != other.epoch) {
            return epoch > other.epoch ? this : other;
        }
        SortedMap<Integer, Long> most = new TreeMap<>(next);
        other.next.forEach((partition, offset) -> most.merge(partition, offset, Math::max));
        return new OffsetVector(epoch, most);
    }

    /** Number of offsets, also of those that hold no record; in the newest epoch only. */
    public long offsets() {
        return next.values().stream().mapToLong(Long::longValue).sum();
    }

    /** {@code 1;0:100;3:7}, as the headers of the staged files write it. */
    public String encode() {
        StringBuilder text = new StringBuilder().append(epoch);
        next.forEach((partition, offset) ->
                text.append(';').append((int) partition).append(':').append((long) offset));
        return text.toString();
    }

    /**
     * The vector that {@link #encode()} wrote.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static OffsetVector decode(String text) {
        String[] parts = text.split(";", -1);
        try {
            Map<Integer, Long> next = new TreeMap<>();
            for (int i = 1; i < parts.length; i++) {
                int colon = parts[i].indexOf(':');
                next.put(Integer.valueOf(parts[i].substring(0, colon)), Long.valueOf(parts[i].substring(colon + 1)));
            }
            return new OffsetVector(Integer.parseInt(parts[0]), new TreeMap<>(next));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not an offset vector", e);
        }
    }

    @Override
    public String toString() {
        return encode();
    }
}
