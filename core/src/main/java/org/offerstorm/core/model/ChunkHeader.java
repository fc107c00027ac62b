package org.offerstorm.core.model;

import java.util.List;
import java.util.Objects;

/**
 * What a chunk covers. Set by the spout, carried unchanged to every sink.
 *
 * @param source the log
 * @param slot the spout task's index, from 0; partition p belongs to slot {@code p mod slots}
 * @param slots number of slots (spout tasks), at least 1
 * @param ranges offsets covered, at most one range for each partition; empty for a drain
 * @param floors the acked floors of the slot's partitions when the chunk was emitted
 * @param acked what every sink must hold already
 * @param drain whether this is the last chunk, because the stream is to stop: writers finish their files
 */
public record ChunkHeader(
        Source source, int slot, int slots, List<OffsetRange> ranges, List<Floor> floors, Acked acked, boolean drain) {
    public ChunkHeader {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(acked, "acked");
        if (slots < 1 || slot < 0 || slot >= slots) {
            throw new IllegalArgumentException("slot " + slot + " of " + slots);
        }
        ranges = List.copyOf(ranges);
        floors = List.copyOf(floors);
    }

    /** One of a stream of which nothing is known to be acked. */
    public ChunkHeader(
            Source source, int slot, int slots, List<OffsetRange> ranges, List<Floor> floors, boolean drain) {
        this(source, slot, slots, ranges, floors, Acked.NOTHING, drain);
    }

    /** How many offsets the ranges cover. */
    public long offsets() {
        long offsets = 0;
        for (OffsetRange range : ranges) {
            offsets += range.next() - range.from();
        }
        return offsets;
    }

    /** Ranges for log lines and messages: {@code offers-0@[5,9) offers-1@[7,8)}. */
    public String describe() {
        if (ranges.isEmpty()) {
            return source.topic() + " slot " + slot + (drain ? " (drain)" : " (empty)");
        }
        StringBuilder text = new StringBuilder();
        for (OffsetRange range : ranges) {
            if (!text.isEmpty()) {
                text.append(' ');
            }
            text.append(source.topic()).append('-').append(range.partition());
            text.append("@[")
                    .append(range.from())
                    .append(',')
                    .append(range.next())
                    .append(')');
        }
        return text.toString();
    }
}
