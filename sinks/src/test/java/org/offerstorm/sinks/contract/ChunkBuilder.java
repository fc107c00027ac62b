package org.offerstorm.sinks.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.offerstorm.core.model.Acked;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.Upsert;

/**
 * A log for tests: records are appended to the partition of their key and cut into chunks whose ranges tile the log, the
 * first range of each partition flagged "log start". Not safe for use by several threads.
 *
 * <pre>{@code
 * ChunkBuilder log = new ChunkBuilder(source);
 * Chunk<Change> first = log.upsert("a", cell).delete("b").cut();
 * }</pre>
 */
public final class ChunkBuilder {
    /** Timestamp of the first record; each further one is a millisecond later. */
    public static final long FIRST_TIMESTAMP = 1_768_478_400_000L; // 2026-01-15T12:00:00Z

    private final Source source;
    private final long[] cutUpTo;
    private final long[] next;
    private final List<Change> pending = new ArrayList<>();
    private long timestamp = FIRST_TIMESTAMP;

    public ChunkBuilder(Source source) {
        this.source = source;
        this.cutUpTo = new long[source.partitions()];
        this.next = new long[source.partitions()];
    }

    /** Appends an offer with {@code id}, counted in {@code cell}. */
    public ChunkBuilder upsert(String id, Cell cell) {
        return upsert(offer(id, "Name of " + id), cell);
    }

    /** Appends {@code offer}, counted in {@code cell}. */
    public ChunkBuilder upsert(Offer offer, Cell cell) {
        byte[] raw = ("{\"id\":\"" + offer.id() + "\"}").getBytes(StandardCharsets.UTF_8);
        pending.add(new Upsert(append(offer.id()), offer, cell, raw));
        return this;
    }

    /** Appends a deletion of {@code id}. */
    public ChunkBuilder delete(String id) {
        pending.add(new Delete(append(id), id));
        return this;
    }

    /** Passes over {@code offsets} offsets of {@code partition} that hold nothing (markers, rejected records). */
    public ChunkBuilder skip(int partition, long offsets) {
        next[partition] += offsets;
        return this;
    }

    /** Timestamp of the next record; those after it are a millisecond later each. */
    public ChunkBuilder timestamp(long millis) {
        timestamp = millis;
        return this;
    }

    /** A chunk of everything since the last cut, from one slot that has all partitions. */
    public Chunk<Change> cut() {
        return cut(0, 1);
    }

    /** A chunk of what partitions of {@code slot} got since they were last cut. */
    public Chunk<Change> cut(int slot, int slots) {
        List<OffsetRange> ranges = new ArrayList<>();
        for (int p = slot; p < next.length; p += slots) {
            if (next[p] > cutUpTo[p]) {
                ranges.add(new OffsetRange(p, cutUpTo[p], next[p], cutUpTo[p] == 0));
                cutUpTo[p] = next[p];
            }
        }
        List<Change> items = new ArrayList<>();
        for (Change change : pending) {
            if (change.position().partition() % slots == slot) {
                items.add(change);
            }
        }
        pending.removeAll(items);
        return new Chunk<>(new ChunkHeader(source, slot, slots, ranges, List.of(), false), List.copyOf(items));
    }

    /** The last chunk of a slot that is to stop. */
    public Chunk<Change> drain() {
        return new Chunk<>(new ChunkHeader(source, 0, 1, List.of(), List.of(), true), List.of());
    }

    /** One chunk of the same slot over both: {@code first} must come before {@code second} in the log. */
    public static Chunk<Change> join(Chunk<Change> first, Chunk<Change> second) {
        ChunkHeader header = first.header();
        Map<Integer, OffsetRange> ranges = new TreeMap<>();
        header.ranges().forEach(range -> ranges.put(range.partition(), range));
        second.header()
                .ranges()
                .forEach(range -> ranges.merge(
                        range.partition(),
                        range,
                        (a, b) -> new OffsetRange(a.partition(), a.from(), b.next(), a.logStart())));
        List<Change> items = new ArrayList<>(first.items());
        items.addAll(second.items());
        return new Chunk<>(
                new ChunkHeader(
                        header.source(),
                        header.slot(),
                        header.slots(),
                        List.copyOf(ranges.values()),
                        header.floors(),
                        false),
                List.copyOf(items));
    }

    /** The same chunk as another source would have sent it. */
    public static Chunk<Change> from(Source source, Chunk<Change> chunk) {
        ChunkHeader header = chunk.header();
        return new Chunk<>(
                new ChunkHeader(
                        source, header.slot(), header.slots(), header.ranges(), header.floors(), header.drain()),
                chunk.items());
    }

    /** The same chunk in a stream of which this was acked. */
    public static Chunk<Change> after(Acked acked, Chunk<Change> chunk) {
        ChunkHeader header = chunk.header();
        return new Chunk<>(
                new ChunkHeader(
                        header.source(),
                        header.slot(),
                        header.slots(),
                        header.ranges(),
                        header.floors(),
                        acked,
                        header.drain()),
                chunk.items());
    }

    /** An offer with all fields. */
    public static Offer offer(String id, String name) {
        return new Offer(
                id, 7, "FULL_TIME", name, 48.85, 2.35, "Company of " + id, "What to do: " + name, FIRST_TIMESTAMP);
    }

    /** Partition of a key in this log; always the same for the same key. */
    public int partition(String id) {
        return Math.floorMod(id.hashCode(), next.length);
    }

    private SourcePosition append(String id) {
        int partition = partition(id);
        return new SourcePosition(partition, next[partition]++, timestamp++);
    }
}
