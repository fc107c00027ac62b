package org.offerstorm.sinks.hdfs;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is durable of one epoch, by partition. An offset that is covered is never written again. Not thread-safe.
 */
final class Coverage {
    private final int epoch;
    private final Map<Integer, Ranges> partitions = new TreeMap<>();

    Coverage(int epoch) {
        this.epoch = epoch;
    }

    int epoch() {
        return epoch;
    }

    boolean has(int partition, long offset) {
        Ranges ranges = partitions.get(partition);
        return ranges != null && ranges.has(offset);
    }

    void raiseFloor(int partition, long floor) {
        of(partition).raiseFloor(floor);
    }

    /** Adds offsets {@code [from, next)}. */
    void add(int partition, long from, long next) {
        of(partition).add(from, next);
    }

    /** Adds what {@code other} covers; nothing if it is of another epoch, whose offsets mean other records. */
    void union(Coverage other) {
        if (other.epoch == epoch) {
            other.partitions.forEach((partition, ranges) -> of(partition).union(ranges));
        }
    }

    /** For each partition the offset below which all is covered. */
    SortedMap<Integer, Long> floors() {
        SortedMap<Integer, Long> floors = new TreeMap<>();
        partitions.forEach((partition, ranges) -> floors.put(partition, ranges.floor()));
        return floors;
    }

    /** {@code 1;0:100 105-110;3:7}: the epoch, then each partition with its floor and the ranges above it. */
    String encode() {
        StringBuilder text = new StringBuilder().append(epoch);
        partitions.forEach((partition, ranges) ->
                text.append(';').append((int) partition).append(':').append(ranges.encode()));
        return text.toString();
    }

    /** @throws IllegalArgumentException if the text was not made by {@link #encode()} */
    static Coverage decode(String text) {
        String[] parts = text.split(";", -1);
        try {
            Coverage coverage = new Coverage(Integer.parseInt(parts[0]));
            for (int i = 1; i < parts.length; i++) {
                int colon = parts[i].indexOf(':');
                coverage.partitions.put(
                        Integer.valueOf(parts[i].substring(0, colon)), Ranges.decode(parts[i].substring(colon + 1)));
            }
            return coverage;
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a coverage", e);
        }
    }

    @Override
    public String toString() {
        return encode();
    }

    private Ranges of(int partition) {
        return partitions.computeIfAbsent(partition, p -> new Ranges());
    }
}
