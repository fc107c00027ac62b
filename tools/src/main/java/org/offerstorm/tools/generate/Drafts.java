package org.offerstorm.tools.generate;

/**
 * The latest offers, of which corrections and deletions choose: a ring of fixed size in flat arrays, so that a stream of
 * any length needs the same memory. An offer that fell out stays what it is.
 */
final class Drafts {
    static final int SIZE = 1 << 16;

    private static final int MASK = SIZE - 1;

    final long[] number = new long[SIZE];
    final boolean[] live = new boolean[SIZE];
    /** Index in the table of professions; its length means an id that is in no table, -1 means none. */
    final int[] profession = new int[SIZE];
    /** As {@link Profile#place(int)} reads it. */
    final int[] place = new int[SIZE];

    private long count;

    /** Makes room for the next offer; returns its slot. */
    int add() {
        int slot = (int) (count & MASK);
        number[slot] = count++;
        return slot;
    }

    int size() {
        return (int) Math.min(count, SIZE);
    }
}
