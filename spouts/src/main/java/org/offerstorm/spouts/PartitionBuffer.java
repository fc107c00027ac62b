package org.offerstorm.spouts;

import java.util.ArrayDeque;
import java.util.List;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.SourceRecord;

/**
 * Records of one partition that were read and not yet cut into a chunk.
 *
 * <pre>
 *   … cut into chunks ──▶ cut │ records … │ markers, aborted records, gaps │ end ◀── the consumer's position
 * </pre>
 *
 * Not safe for use by many threads; {@link Slot} guards it.
 */
final class PartitionBuffer {
    /** What a record costs in addition to its bytes: objects and references. */
    private static final int OVERHEAD = 96;
    /** Of a stream of which nobody knows where it began. */
    static final long NO_ORIGIN = -1;

    private final int partition;
    private final long origin;
    private final ArrayDeque<SourceRecord> records = new ArrayDeque<>();
    private long cut;
    private long end;

    /**
     * @param start the first offset to be read
     * @param origin where the log began when the stream began: the range from there is flagged "log start"; or
     *     {@link #NO_ORIGIN}
     */
    PartitionBuffer(int partition, long start, long origin) {
        this.partition = partition;
        this.origin = origin;
        this.cut = start;
        this.end = start;
    }

    /** Size in memory, about. */
    static int sizeOf(SourceRecord record) {
        return OVERHEAD
                + (record.key() == null ? 0 : record.key().length)
                + (record.value() == null ? 0 : record.value().length);
    }

    /**
     * Takes what was read.
     *
     * @param newEnd the consumer's position after them, past everything that is not a record
     */
    void append(List<SourceRecord> read, long newEnd) {
        if (newEnd < end) {
            throw new IllegalStateException(
                    "position of partition " + partition + " went back from " + end + " to " + newEnd);
        }
        records.addAll(read);
        end = newEnd;
    }

    /** The next offset to read. */
    long end() {
        return end;
    }

    boolean isEmpty() {
        return cut == end;
    }

    /** The next record to cut, or null if only a change of the position is left. */
    SourceRecord peek() {
        return records.peek();
    }

    SourceRecord remove() {
        return records.remove();
    }

    /**
     * Ends the cut: the range from the last cut to here, which is after {@code last}, or at the end if no record is left.
     *
     * @param last the last record removed, or null
     */
    OffsetRange close(SourceRecord last) {
        long from = cut;
        cut = records.isEmpty() ? end : last == null ? cut : last.position().offset() + 1;
        return new OffsetRange(partition, from, cut, from == origin);
    }
}
