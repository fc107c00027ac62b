package org.offerstorm.local.trials.chaos.freshness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sound new offers that were produced after some moment, the first few of each partition: a sink that holds one of each is fresh.
 * Safe for use by many threads.
 */
public final class Markers {
    /** A later deletion may hide one. */
    private static final int OF_A_PARTITION = 3;

    private final long from;
    private final int partitions;
    private final Map<Integer, List<Marker>> markers = new TreeMap<>();

    /**
     * @param from number of the first record that is late enough
     * @param partitions of the topic
     */
    public Markers(long from, int partitions) {
        this.from = from;
        this.partitions = partitions;
    }

    /** An offer that the broker has confirmed. */
    public record Marker(int partition, long offset, String id) {}

    /** Takes the offer with that number, if it is one that is looked for. */
    public synchronized void offer(long number, Marker marker) {
        if (number >= from) {
            List<Marker> those = markers.computeIfAbsent(marker.partition(), any -> new ArrayList<>());
            if (those.size() < OF_A_PARTITION) {
                those.add(marker);
            }
        }
    }

    /** Those of each partition, the one with the lowest offset first; empty until there are some of all. */
    synchronized List<List<Marker>> complete() {
        return markers.size() < partitions
                ? List.of()
                : markers.values().stream().map(List::copyOf).toList();
    }
}
