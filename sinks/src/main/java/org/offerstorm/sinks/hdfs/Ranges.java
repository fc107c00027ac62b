package org.offerstorm.sinks.hdfs;

import java.util.Map;
import java.util.TreeMap;

/**
 * Offsets of one partition that are durable: all below a floor, and ranges above it. The floor never goes down; a range
 * that touches it is merged into it. Not thread-safe.
 */
final class Ranges {
    private long floor;
    /** from → next, disjoint, not touching, all above the floor. */
    private final TreeMap<Long, Long> above = new TreeMap<>();

    boolean has(long offset) {
        if (offset < floor) {
            return true;
        }
        if (above.isEmpty()) {
            return false;
        }
        Map.Entry<Long, Long> range = above.floorEntry(offset);
        return range != null && offset < range.getValue();
    }

    long floor() {
        return floor;
    }

    void raiseFloor(long to) {
        if (to <= floor) {
            return;
        }
        floor = to;
        Map.Entry<Long, Long> first;
        while ((first = above.firstEntry()) != null && first.getKey() <= floor) {
            above.pollFirstEntry();
            floor = Math.max(floor, first.getValue());
        }
    }

    /** Adds {@code [from, next)}. */
    void add(long from, long next) {
        if (next <= from || next <= floor) {
            return;
        }
        if (from <= floor) {
            raiseFloor(next);
            return;
        }
        long start = from;
        long end = next;
        Map.Entry<Long, Long> before = above.floorEntry(start);
        if (before != null && before.getValue() >= start) {
            if (before.getValue() >= end) {
                return;
            }
            start = before.getKey();
        }
        Map.Entry<Long, Long> touched;
        while ((touched = above.ceilingEntry(start)) != null && touched.getKey() <= end) {
            above.remove(touched.getKey());
            end = Math.max(end, touched.getValue());
        }
        above.put(start, end);
    }

    void union(Ranges other) {
        raiseFloor(other.floor);
        other.above.forEach(this::add);
    }

    /** {@code 100 105-110 120-121}: the floor, then the ranges above it. */
    String encode() {
        StringBuilder text = new StringBuilder().append(floor);
        above.forEach(
                (from, next) -> text.append(' ').append((long) from).append('-').append((long) next));
        return text.toString();
    }

    static Ranges decode(String text) {
        String[] words = text.split(" ", -1);
        Ranges ranges = new Ranges();
        ranges.raiseFloor(Long.parseLong(words[0]));
        for (int i = 1; i < words.length; i++) {
            int dash = words[i].indexOf('-');
            ranges.add(Long.parseLong(words[i].substring(0, dash)), Long.parseLong(words[i].substring(dash + 1)));
        }
        return ranges;
    }
}
