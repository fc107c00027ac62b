package org.offerstorm.tools.verify;

import java.util.Arrays;

/**
 * The newest version of each offer, for millions of them: an open hash table of 29 bytes a slot (33 if some are from a base),
 * at most two thirds full. An offer is known by 14 bytes of the SHA-256 of its id, as Redis' state knows it; the id itself is in the topic.
 * Used by one thread.
 */
final class OfferTable {
    /** No slot. */
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 1 << 12;

    private long[] heads = new long[FIRST_CAPACITY];
    private long[] fields = new long[FIRST_CAPACITY];
    /** 0: the slot is free, for an epoch is at least 1. */
    private long[] versions = new long[FIRST_CAPACITY];
    /** Of the newest version. */
    private int[] partitions = new int[FIRST_CAPACITY];

    private byte[] marks = new byte[FIRST_CAPACITY];
    /** One more than the number of the version's row in the base; 0: a record of the topic. Null if none is from a base. */
    private int[] baseRows;

    private int size;

    /** Number of slots; {@link #isUsed} says which are in use. Slots keep their numbers until the next {@link #put}. */
    int slots() {
        return versions.length;
    }

    boolean isUsed(int slot) {
        return versions[slot] != 0;
    }

    int size() {
        return size;
    }

    long version(int slot) {
        return versions[slot];
    }

    int partition(int slot) {
        return partitions[slot];
    }

    /** The number of the newest version's row in the base; {@link #NONE} if it is a record of the topic. */
    int baseRow(int slot) {
        return baseRows == null ? NONE : baseRows[slot] - 1;
    }

    /** As {@link #put}, of a version in the base. */
    void putBase(long head, long field, long version, int partition, int row) {
        put(head, field, version, partition);
        if (baseRows == null) {
            baseRows = new int[versions.length];
        }
        int slot = slotOf(head, field);
        if (versions[slot] == version && partitions[slot] == partition) {
            baseRows[slot] = row + 1;
        }
    }

    /**
     * Takes a version of an offer, if it is the newest so far.
     *
     * @param head the first 6 bytes of the id's hash
     * @param field the next 8
     * @return whether the offer had a version of this epoch from another partition
     */
    boolean put(long head, long field, long version, int partition) {
        int slot = slotOf(head, field);
        boolean moved = versions[slot] != 0
                && versions[slot] >>> Fold.OFFSET_BITS == version >>> Fold.OFFSET_BITS
                && partitions[slot] != partition;
        if (versions[slot] == 0) {
            size++;
        }
        if (version > versions[slot]) {
            heads[slot] = head;
            fields[slot] = field;
            versions[slot] = version;
            partitions[slot] = partition;
            if (baseRows != null) {
                baseRows[slot] = 0;
            }
        }
        if (size > versions.length / 3 * 2) {
            grow();
        }
        return moved;
    }

    /** The slot of the offer, or {@link #NONE}. */
    int find(long head, long field) {
        int slot = slotOf(head, field);
        return versions[slot] == 0 ? NONE : slot;
    }

    /** The slot of the offer whose head has this remainder, or {@link #NONE}. */
    int findInBucket(long bucket, long buckets, long field) {
        for (int slot = start(field); versions[slot] != 0; slot = next(slot)) {
            if (fields[slot] == field && heads[slot] % buckets == bucket) {
                return slot;
            }
        }
        return NONE;
    }

    /** Sets a mark. Returns false if it was set already. */
    boolean mark(int slot, int mark) {
        boolean first = (marks[slot] & mark) == 0;
        marks[slot] |= (byte) mark;
        return first;
    }

    boolean isMarked(int slot, int mark) {
        return (marks[slot] & mark) != 0;
    }

    void clearMarks() {
        Arrays.fill(marks, (byte) 0);
    }

    private int slotOf(long head, long field) {
        int slot = start(field);
        while (versions[slot] != 0 && (fields[slot] != field || heads[slot] != head)) {
            slot = next(slot);
        }
        return slot;
    }

    private int start(long field) {
        return (int) field & (versions.length - 1); // a part of SHA-256: even as it is
    }

    private int next(int slot) {
        return (slot + 1) & (versions.length - 1);
    }

    private void grow() {
        long[] oldHeads = heads;
        long[] oldFields = fields;
        long[] oldVersions = versions;
        int[] oldPartitions = partitions;
        int[] oldBaseRows = baseRows;
        int capacity = Math.multiplyExact(oldVersions.length, 2);
        heads = new long[capacity];
        fields = new long[capacity];
        versions = new long[capacity];
        partitions = new int[capacity];
        marks = new byte[capacity]; // set only after the last record
        baseRows = oldBaseRows == null ? null : new int[capacity];
        for (int old = 0; old < oldVersions.length; old++) {
            if (oldVersions[old] != 0) {
                int slot = slotOf(oldHeads[old], oldFields[old]);
                heads[slot] = oldHeads[old];
                fields[slot] = oldFields[old];
                versions[slot] = oldVersions[old];
                partitions[slot] = oldPartitions[old];
                if (oldBaseRows != null) {
                    baseRows[slot] = oldBaseRows[old];
                }
            }
        }
    }
}
