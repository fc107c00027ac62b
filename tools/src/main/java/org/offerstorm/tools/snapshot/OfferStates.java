package org.offerstorm.tools.snapshot;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The newest record of each offer, for some ten million of them: an open hash table of 33 bytes a slot, at most two thirds
 * full, so 50 to 100 bytes an offer. An offer is known by 16 bytes of the SHA-256 of its id, its value by 8 bytes. One thread.
 */
final class OfferStates {
    /** The newest record is one of this source. */
    static final int OWNED = 1;
    /** The newest record names no source. */
    static final int BARE = 1 << 1;
    /** The newest record is not a deletion. */
    static final int LIVE = 1 << 2;
    /** The file has it. */
    static final int IN_FILE = 1 << 3;
    /** The file's record is to be sent. */
    static final int TO_SEND = 1 << 4;
    /** It was handed over. */
    static final int SENT = 1 << 5;
    /** Somebody else wrote a record of it since the topic was read. */
    static final int CORRECTED = 1 << 6;

    private static final int ORIGIN = OWNED | BARE | LIVE;
    private static final int USED = 1 << 7;
    private static final int OFFSET_BITS = 48;
    private static final int FIRST_CAPACITY = 1 << 12;
    private static final long NOWHERE = -1;

    private final MessageDigest sha256;
    private long[] heads = new long[FIRST_CAPACITY];
    private long[] tails = new long[FIRST_CAPACITY];
    private long[] values = new long[FIRST_CAPACITY];
    /** {@code partition << 48 | offset} of the newest record. */
    private long[] places = new long[FIRST_CAPACITY];

    private byte[] flags = new byte[FIRST_CAPACITY];
    private int size;

    /** @throws IllegalStateException if this Java has no SHA-256 */
    OfferStates() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Takes a record of the topic, if it is the newest of its offer: versions compare by offset, as in every store. */
    void fold(byte[] id, int partition, long offset, byte[] value, int origin) {
        int slot = add(id);
        if (places[slot] != NOWHERE && offset(slot) > offset) {
            return;
        }
        places[slot] = ((long) partition << OFFSET_BITS) | offset;
        values[slot] = value == null ? 0 : hash(value);
        flags[slot] = (byte) ((flags[slot] & ~ORIGIN) | origin | (value == null ? 0 : LIVE));
    }

    /** The slot of the offer, which is new if there was none. Slots keep their numbers until the next new one. */
    int add(byte[] id) {
        if (size > heads.length / 3 * 2) {
            grow();
        }
        int slot = find(id);
        if (slot >= 0) {
            return slot;
        }
        size++;
        int free = ~slot;
        ByteBuffer hash = ByteBuffer.wrap(sha256.digest(id));
        heads[free] = hash.getLong();
        tails[free] = hash.getLong();
        places[free] = NOWHERE;
        flags[free] = (byte) USED;
        return free;
    }

    /** The slot of the offer; negative if there is none. */
    int find(byte[] id) {
        ByteBuffer hash = ByteBuffer.wrap(sha256.digest(id));
        return slotOf(hash.getLong(), hash.getLong());
    }

    /** Number of slots; {@link #isUsed} says which are in use. */
    int slots() {
        return heads.length;
    }

    boolean isUsed(int slot) {
        return flags[slot] != 0;
    }

    boolean is(int slot, int flag) {
        return (flags[slot] & flag) != 0;
    }

    void set(int slot, int flag) {
        flags[slot] |= (byte) flag;
    }

    /** Whether the topic has a record of it. */
    boolean isInTopic(int slot) {
        return places[slot] != NOWHERE;
    }

    int partition(int slot) {
        return (int) (places[slot] >>> OFFSET_BITS);
    }

    long offset(int slot) {
        return places[slot] & ((1L << OFFSET_BITS) - 1);
    }

    /** Of the newest record, or what {@link #setValue} set. */
    long value(int slot) {
        return values[slot];
    }

    void setValue(int slot, long hash) {
        values[slot] = hash;
    }

    /** By accident two values have the same in one of 10<sup>19</sup> cases. */
    long hash(byte[] value) {
        return ByteBuffer.wrap(sha256.digest(value)).getLong();
    }

    /** The slot, or the complement of the free one where it would be. */
    private int slotOf(long head, long tail) {
        int slot = (int) head & (heads.length - 1); // a part of SHA-256: even as it is
        while (flags[slot] != 0) {
            if (heads[slot] == head && tails[slot] == tail) {
                return slot;
            }
            slot = (slot + 1) & (heads.length - 1);
        }
        return ~slot;
    }

    private void grow() {
        long[] oldHeads = heads;
        long[] oldTails = tails;
        long[] oldValues = values;
        long[] oldPlaces = places;
        byte[] oldFlags = flags;
        int capacity = Math.multiplyExact(oldHeads.length, 2);
        heads = new long[capacity];
        tails = new long[capacity];
        values = new long[capacity];
        places = new long[capacity];
        flags = new byte[capacity];
        for (int old = 0; old < oldHeads.length; old++) {
            if (oldFlags[old] != 0) {
                int slot = ~slotOf(oldHeads[old], oldTails[old]);
                heads[slot] = oldHeads[old];
                tails[slot] = oldTails[old];
                values[slot] = oldValues[old];
                places[slot] = oldPlaces[old];
                flags[slot] = oldFlags[old];
            }
        }
    }
}
