package org.offerstorm.spouts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.offerstorm.core.model.Acked;
import org.offerstorm.core.model.Floor;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourceRecord;

/**
 * The partitions of one spout task: what was read, what was cut into chunks, what is acked. The poller thread appends and
 * restarts, the executor thread cuts and acks; every method is short and guarded by this object.
 *
 * <p>A restart (a seek back, a hold) begins a new generation: earlier chunks no longer count, because their records will be
 * read again.
 */
final class Slot {
    /**
     * Where a partition starts.
     *
     * @param offset the first offset to read; every record below is durable
     * @param origin the offset at which the stream once began
     * @param olderStored whether stores hold records from below the origin, which is only that of a later beginning
     * @param leaderEpoch Kafka's leader epoch of the record before the offset, or nothing if it is not known
     */
    record Start(long offset, long origin, boolean olderStored, Optional<Integer> leaderEpoch) {
        /** A start of which nothing is known but the offset. */
        Start(long offset, long origin) {
            this(offset, origin, false, Optional.empty());
        }
    }

    /** The acked floor of a partition, and where its stream once began; as in {@link Start}. */
    record Progress(LogPosition position, long origin, boolean olderStored) {
        long floor() {
            return position.offset();
        }
    }

    private static final class Partition {
        final long origin;
        final boolean olderStored;
        final PartitionFloor floor;
        final PartitionBuffer buffer;
        final LeaderEpochs epochs = new LeaderEpochs();
        /** Up to where the log was read before the slot was taken back; null: nothing more is known. */
        LogPosition readBefore;

        Partition(int number, Start start) {
            origin = start.origin();
            olderStored = start.olderStored();
            floor = new PartitionFloor(start.offset());
            // A store that lacks the older records must not take the origin for the start of all.
            buffer = new PartitionBuffer(number, start.offset(), olderStored ? PartitionBuffer.NO_ORIGIN : origin);
            start.leaderEpoch().ifPresent(epoch -> epochs.begin(start.offset() - 1, epoch));
        }

        /** First record of each range that was cut and is not acked, by the range's beginning: the Kafka times. */
        final SortedMap<Long, Long> unsettled = new TreeMap<>();

        /** Kafka time of the oldest record that is read and not acked, or nothing. */
        OptionalLong oldestUnsettled() {
            if (!unsettled.isEmpty()) {
                return OptionalLong.of(unsettled.get(unsettled.firstKey()));
            }
            SourceRecord next = buffer.peek();
            return next == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(next.position().timestampMillis());
        }

        LogPosition at(long offset) {
            return new LogPosition(offset, epochs.before(offset));
        }

        LogPosition furthest() {
            return readBefore == null || readBefore.offset() < buffer.end() ? at(buffer.end()) : readBefore;
        }
    }

    private final SortedMap<Integer, Partition> partitions = new TreeMap<>();
    private final List<Partition> order = new ArrayList<>();
    private Source source;
    private Acked acked = Acked.NOTHING;
    private int generation;
    private int turn;
    private long bufferedBytes;

    /** Forgets everything and starts at these offsets, in a stream of which this was acked. Poller thread. */
    synchronized void start(Source newSource, Map<Integer, Start> starts, Acked before) {
        halt();
        source = newSource;
        acked = before;
        starts.forEach((partition, start) -> partitions.put(partition, new Partition(partition, start)));
        order.addAll(partitions.values());
    }

    /**
     * Starts again at these offsets of the same log, below what was read, and remembers how far that was. Poller thread.
     *
     * @param starts of all partitions
     */
    synchronized void rewind(Map<Integer, Start> starts) {
        Map<Integer, LogPosition> read = furthest();
        start(source, starts, acked());
        read.forEach((number, position) -> partitions.get(number).readBefore = position);
    }

    /** Up to where a partition was ever read since the start, also before it was taken back. */
    synchronized LogPosition furthest(int partition) {
        return partitions.get(partition).furthest();
    }

    /** The same of all partitions. */
    synchronized SortedMap<Integer, LogPosition> furthest() {
        SortedMap<Integer, LogPosition> furthest = new TreeMap<>();
        partitions.forEach((number, partition) -> furthest.put(number, partition.furthest()));
        return furthest;
    }

    /** Forgets everything; nothing can be cut until the next start. Poller thread. */
    synchronized void halt() {
        generation++;
        partitions.clear();
        order.clear();
        turn = 0;
        bufferedBytes = 0;
        source = null;
    }

    /** The log that is read, or nothing while halted. */
    synchronized Optional<Source> source() {
        return Optional.ofNullable(source);
    }

    /** The leader epoch of a partition's records from an offset on. Poller thread, before they are appended. */
    synchronized void epochBegins(int partition, long offset, int epoch) {
        partitions.get(partition).epochs.begin(offset, epoch);
    }

    /** Goes on at the log's start; which epoch the deleted records before it were of is not known. Poller thread. */
    synchronized void passGap(int partition, long logStart) {
        epochBegins(partition, logStart - 1, LeaderEpochs.UNKNOWN);
        append(partition, List.of(), logStart);
    }

    /** Takes what was read of a partition, up to the consumer's position. Poller thread. */
    synchronized void append(int partition, List<SourceRecord> records, long position) {
        partitions.get(partition).buffer.append(records, position);
        for (SourceRecord record : records) {
            bufferedBytes += PartitionBuffer.sizeOf(record);
        }
    }

    /**
     * The next chunk: what is in the buffer, from all partitions in turn, up to the limits; one record at least.
     * Executor thread.
     *
     * @return nothing if nothing was read
     */
    synchronized Optional<Cut> cut(int maxRecords, long maxBytes) {
        List<SourceRecord> records = new ArrayList<>();
        List<OffsetRange> ranges = new ArrayList<>();
        long bytes = 0;
        int first = turn;
        for (int i = 0; i < order.size(); i++) {
            Partition partition = order.get((first + i) % order.size());
            PartitionBuffer buffer = partition.buffer;
            if (buffer.isEmpty()) {
                continue;
            }
            SourceRecord last = null;
            SourceRecord next = buffer.peek();
            SourceRecord oldest = next;
            while (next != null && records.size() < maxRecords) {
                int size = PartitionBuffer.sizeOf(next);
                if (bytes + size > maxBytes && !records.isEmpty()) {
                    break;
                }
                last = buffer.remove();
                records.add(last);
                bytes += size;
                next = buffer.peek();
            }
            if (last != null || next == null) {
                OffsetRange range = buffer.close(last);
                ranges.add(range);
                if (last != null) {
                    partition.unsettled.put(range.from(), oldest.position().timestampMillis());
                }
            }
            if (next != null) { // full: the others come first in the next chunk
                turn = (first + i + 1) % order.size();
                break;
            }
        }
        bufferedBytes -= bytes;
        return ranges.isEmpty()
                ? Optional.empty()
                : Optional.of(new Cut(generation, source, List.copyOf(ranges), records, false));
    }

    /** A chunk without content that makes the writers finish; nothing while halted. Executor thread. */
    synchronized Optional<Cut> drain() {
        return source().map(log -> new Cut(generation, log, List.of(), List.of(), true));
    }

    /** The chunk is durable everywhere. Executor thread. */
    synchronized void ack(Cut cut) {
        if (isCurrent(cut)) {
            for (OffsetRange range : cut.ranges()) {
                Partition partition = partitions.get(range.partition());
                partition.floor.ack(range.from(), range.next());
                partition.unsettled.remove(range.from());
                partition.epochs.forgetBelow(partition.floor.offset());
            }
        }
    }

    /** Whether the chunk still counts, so that it must be emitted again if it is lost. */
    synchronized boolean isCurrent(Cut cut) {
        return cut.generation() == generation;
    }

    /** Acked floors for the header of a chunk. */
    synchronized List<Floor> floors() {
        List<Floor> floors = new ArrayList<>(partitions.size());
        partitions.forEach((number, partition) -> floors.add(new Floor(number, partition.floor.offset())));
        return floors;
    }

    /** What is acked, now or before the start. */
    synchronized Acked acked() {
        boolean now = partitions.values().stream().anyMatch(each -> each.floor.offset() > each.origin);
        return now ? new Acked(true, acked.earlierEpochs()) : acked;
    }

    /** Acked floor of each partition, with its origin. */
    synchronized SortedMap<Integer, Progress> progress() {
        SortedMap<Integer, Progress> progress = new TreeMap<>();
        partitions.forEach((number, partition) -> progress.put(
                number, new Progress(partition.at(partition.floor.offset()), partition.origin, partition.olderStored)));
        return progress;
    }

    /**
     * The age of each partition's oldest record that is read and not acked, in milliseconds by its Kafka time; 0 if all are
     * acked. Any thread.
     */
    synchronized SortedMap<Integer, Long> unsettledMillis(long now) {
        SortedMap<Integer, Long> ages = new TreeMap<>();
        partitions.forEach((number, partition) -> {
            long oldest = partition.oldestUnsettled().orElse(now);
            ages.put(number, oldest > now ? 0 : now - Math.max(0, oldest));
        });
        return ages;
    }

    /** Where each partition is read next. */
    synchronized SortedMap<Integer, LogPosition> positions() {
        SortedMap<Integer, LogPosition> positions = new TreeMap<>();
        partitions.forEach((number, partition) -> positions.put(number, partition.at(partition.buffer.end())));
        return positions;
    }

    /** Memory held by records not yet cut, about. */
    synchronized long bufferedBytes() {
        return bufferedBytes;
    }
}
