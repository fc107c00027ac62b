package org.offerstorm.tools.verify;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.sinks.hdfs.OfferRow;

/**
 * What must be, by the topic alone: of each offer the newest version, of each record what it becomes. If the topic was trimmed,
 * it begins with the newest versions that the lake has of what is gone. Filled record by record, then asked by the
 * comparisons. Used by one thread.
 */
final class Fold {
    static final int OFFSET_BITS = 48;
    private static final int HEAD_BYTES = 6;
    private static final String DELETED = "deleted";

    private final int epoch;
    private final Rules rules;
    private final ExpectedCells places;
    private final MessageDigest sha256;
    private final OfferTable offers = new OfferTable();
    private final SortedMap<Integer, RecordLog> logs = new TreeMap<>();
    /** What the base has, by the numbers of its rows. */
    private final RecordLog base = new RecordLog(0);
    /** Marks of records before the log, of which the base may have the newest version of an offer. */
    private final Map<Earlier, Integer> earlierMarks = new HashMap<>();

    private final Numbers cells = new Numbers(RecordLog.FIRST_CELL, Character.MAX_VALUE);
    private final Numbers reasons = new Numbers(RecordLog.FIRST_REASON, RecordLog.DELETION - 1);
    private int baseRows;
    private long records;
    private long rejected;
    private long moved;

    /**
     * @param begins the log's first offset, by partition
     * @throws IllegalStateException if this Java has no SHA-256
     */
    Fold(int epoch, DataSet data, Map<Integer, Long> begins) {
        this.epoch = epoch;
        this.rules = Rules.of(data);
        this.places = new ExpectedCells(data);
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        begins.forEach((partition, begin) -> logs.put(partition, new RecordLog(begin)));
    }

    private record Earlier(int partition, long offset) {}

    /** Takes the next row of the base, in its order and before any record. What the topic has itself is taken from there. */
    void addBase(OfferRow row) {
        int number = baseRows++;
        RecordLog log = logs.get(row.partition());
        if (row.epoch() == epoch && log != null && row.offset() >= log.begin()) {
            return;
        }
        char outcome = row.deleted() ? RecordLog.DELETION : cells.of(row.cell().key());
        base.put(number, outcome, row.timestampMillis(), Hash64.of(row.id(), PlainOffer.of(row)));
        ByteBuffer hash = hash(row.id());
        offers.putBase(head(hash), hash.getLong(HEAD_BYTES), row.version(), row.partition(), number);
    }

    void add(int partition, long offset, long timestampMillis, byte[] key, byte[] value) {
        RecordLog log = logs.get(partition);
        records++;
        Verdict verdict = rules.judge(key, value);
        if (verdict instanceof Verdict.Accepted accepted) {
            PlainOffer offer = accepted.offer();
            char outcome = offer == null ? RecordLog.DELETION : cells.of(places.cell(offer));
            log.put(offset, outcome, timestampMillis, Hash64.of(accepted.id(), offer));
            ByteBuffer hash = hash(accepted.id());
            if (offers.put(head(hash), hash.getLong(HEAD_BYTES), version(offset), partition)) {
                moved++;
            }
        } else if (verdict instanceof Verdict.Rejected refused) {
            rejected++;
            log.put(offset, reasons.of(refused.reason()), timestampMillis, Hash64.of(key, value));
        }
        log.setEnd(offset + 1);
    }

    /** What a record must become; asked again for examples. */
    Verdict judge(byte[] key, byte[] value) {
        return rules.judge(key, value);
    }

    SortedMap<Integer, RecordLog> logs() {
        return logs;
    }

    OfferTable offers() {
        return offers;
    }

    int epoch() {
        return epoch;
    }

    long records() {
        return records;
    }

    long rejected() {
        return rejected;
    }

    /** Records whose id came in another partition before: their order is not defined. */
    long moved() {
        return moved;
    }

    /** Live offers by cell. */
    SortedMap<String, Long> counts() {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (int slot = 0; slot < offers.slots(); slot++) {
            if (offers.isUsed(slot) && isLive(slot)) {
                counts.merge(cell(slot), 1L, Long::sum);
            }
        }
        return counts;
    }

    long version(long offset) {
        return (long) epoch << OFFSET_BITS | offset;
    }

    static int epochOf(long version) {
        return (int) (version >>> OFFSET_BITS);
    }

    static long offsetOf(long version) {
        return version & ((1L << OFFSET_BITS) - 1);
    }

    /** The slot of the offer, or {@link OfferTable#NONE}. */
    int find(String id) {
        ByteBuffer hash = hash(id);
        return offers.find(head(hash), hash.getLong(HEAD_BYTES));
    }

    /** The offset of the offer's newest version. */
    long offset(int slot) {
        return offsetOf(offers.version(slot));
    }

    boolean isLive(int slot) {
        return outcome(slot) >= RecordLog.FIRST_CELL;
    }

    /** The cell of the offer's newest version, or {@code deleted}. */
    String cell(int slot) {
        return cellOf(outcome(slot));
    }

    /** The cell that an outcome stands for; {@code deleted} for a deletion. */
    String cellOf(char outcome) {
        return outcome >= RecordLog.FIRST_CELL ? cells.name(outcome) : DELETED;
    }

    /** The reason that an outcome stands for. */
    String reasonOf(char outcome) {
        return reasons.name(outcome);
    }

    /** Whether the offer's newest version is in the base, and not in the topic. */
    boolean isInBase(int slot) {
        return offers.baseRow(slot) != OfferTable.NONE;
    }

    /** The time of the offer's newest version, milliseconds since 1970 UTC. */
    long time(int slot) {
        return log(slot).time(place(slot));
    }

    /** The hash of the fields of the offer's newest version. */
    long hash(int slot) {
        return log(slot).hash(place(slot));
    }

    /** Whether the record of the offer's newest version has a mark. */
    boolean isMarked(int slot, int mark) {
        return isInBase(slot)
                ? epochOf(offers.version(slot)) == epoch
                        && (earlierMarks.getOrDefault(new Earlier(offers.partition(slot), offset(slot)), 0) & mark) != 0
                : log(slot).isMarked(offset(slot), mark);
    }

    /** Sets a mark of a record before the log, if there is a base, which may have it. */
    void markEarlier(int partition, long offset, int mark) {
        if (baseRows > 0 && mark != 0) {
            earlierMarks.merge(new Earlier(partition, offset), mark, (one, other) -> one | other);
        }
    }

    /**
     * Whether a version may come from records of which nothing is known: of an earlier epoch, or dropped from the start of
     * its log. A base knows all offers of the second kind.
     */
    boolean isBeforeTheLog(long version) {
        return epochOf(version) < epoch
                || (epochOf(version) == epoch
                        && baseRows == 0
                        && logs.values().stream().anyMatch(log -> offsetOf(version) < log.begin()));
    }

    void clearMarks() {
        offers.clearMarks();
        logs.values().forEach(RecordLog::clearMarks);
        earlierMarks.clear();
    }

    private RecordLog log(int slot) {
        return isInBase(slot) ? base : logs.get(offers.partition(slot));
    }

    private long place(int slot) {
        return isInBase(slot) ? offers.baseRow(slot) : offset(slot);
    }

    private char outcome(int slot) {
        return log(slot).outcome(place(slot));
    }

    private ByteBuffer hash(String id) {
        return ByteBuffer.wrap(sha256.digest(id.getBytes(StandardCharsets.UTF_8)));
    }

    private static long head(ByteBuffer hash) {
        return hash.getLong(0) >>> (Long.SIZE - Byte.SIZE * HEAD_BYTES);
    }
}
