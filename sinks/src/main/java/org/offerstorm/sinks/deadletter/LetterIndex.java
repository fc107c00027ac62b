package org.offerstorm.sinks.deadletter;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Where the newest entry of each key is, without the keys: 64 bits of their hash, 16 bytes a slot of an open table that
 * is at most half full. A million letters take 32 to 64 MB. Two of a million collide with a chance of one in ten million.
 * One thread.
 */
final class LetterIndex {
    private static final int OFFSET_BITS = 48;
    private static final int FIRST_SLOTS = 1 << 10;

    private final MessageDigest sha256;
    /** Hash of the key; 0: the slot is free. */
    private long[] hashes = new long[FIRST_SLOTS];

    private long[] places = new long[FIRST_SLOTS];
    private int size;

    LetterIndex() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Adds an entry; calls are in the order of the topic, so the last entry is the newest. */
    void put(byte[] key, int partition, long offset) {
        if (size * 2 >= hashes.length) {
            grow();
        }
        long hash = hash(key);
        int slot = slot(hashes, hash);
        if (hashes[slot] == 0) {
            hashes[slot] = hash;
            size++;
        }
        places[slot] = place(partition, offset);
    }

    /** Whether the entry there is the newest of its key. */
    boolean isNewest(byte[] key, int partition, long offset) {
        long hash = hash(key);
        int slot = slot(hashes, hash);
        return hashes[slot] == hash && places[slot] == place(partition, offset);
    }

    /** Whether there is an entry of the key. */
    boolean has(byte[] key) {
        long hash = hash(key);
        return hashes[slot(hashes, hash)] == hash;
    }

    private static long place(int partition, long offset) {
        return (long) partition << OFFSET_BITS | offset;
    }

    private long hash(byte[] key) {
        long hash = ByteBuffer.wrap(sha256.digest(key)).getLong();
        return hash == 0 ? 1 : hash;
    }

    private static int slot(long[] hashes, long hash) {
        int slot = (int) hash & hashes.length - 1;
        while (hashes[slot] != 0 && hashes[slot] != hash) {
            slot = slot + 1 & hashes.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] oldHashes = hashes;
        long[] oldPlaces = places;
        hashes = new long[oldHashes.length * 2];
        places = new long[hashes.length];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                int slot = slot(hashes, oldHashes[i]);
                hashes[slot] = oldHashes[i];
                places[slot] = oldPlaces[i];
            }
        }
    }
}
