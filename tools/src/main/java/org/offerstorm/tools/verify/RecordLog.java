package org.offerstorm.tools.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What each record of a partition must become, 19 bytes a record: its cell, or that it deletes, or why it is refused; its time; a
 * hash of its fields, or of its bytes if it is refused. Used by one thread.
 */
final class RecordLog {
    /** No record at this offset: a marker of a transaction, or an aborted record. */
    static final char ABSENT = 0;
    /** Reasons to refuse a record are numbered from here. */
    static final char FIRST_REASON = 1;
    /** Withdraws its offer. */
    static final char DELETION = 64;
    /** Cells are numbered from here. */
    static final char FIRST_CELL = DELETION + 1;

    private static final int PAGE = 1 << 12;

    private final long begin;
    private long end;
    private final List<Page> pages = new ArrayList<>();

    private static final class Page {
        private final char[] outcomes = new char[PAGE];
        private final long[] times = new long[PAGE];
        private final long[] hashes = new long[PAGE];
        private final byte[] marks = new byte[PAGE];
    }

    /** @param begin the log's first offset */
    RecordLog(long begin) {
        this.begin = begin;
        this.end = begin;
    }

    long begin() {
        return begin;
    }

    /** The offset behind the last that was read; records and gaps. */
    long end() {
        return end;
    }

    void setEnd(long offset) {
        end = offset;
    }

    static boolean isRejected(char outcome) {
        return outcome >= FIRST_REASON && outcome < DELETION;
    }

    /** Upsert or deletion. */
    static boolean isAccepted(char outcome) {
        return outcome >= DELETION;
    }

    void put(long offset, char outcome, long timestampMillis, long hash) {
        while (page(offset) >= pages.size()) {
            pages.add(null);
        }
        Page page = pages.get(page(offset));
        if (page == null) {
            page = new Page();
            pages.set(page(offset), page);
        }
        int at = place(offset);
        page.outcomes[at] = outcome;
        page.times[at] = timestampMillis;
        page.hashes[at] = hash;
    }

    /** Cell or what else becomes of the record; {@link #ABSENT} outside of the log too. */
    char outcome(long offset) {
        Page page = find(offset);
        return page == null ? ABSENT : page.outcomes[place(offset)];
    }

    /** Milliseconds since 1970 UTC. */
    long time(long offset) {
        return find(offset).times[place(offset)];
    }

    long hash(long offset) {
        return find(offset).hashes[place(offset)];
    }

    /** Sets a mark of a record. Returns false if it was set already. */
    boolean mark(long offset, int mark) {
        byte[] marks = find(offset).marks;
        int at = place(offset);
        boolean first = (marks[at] & mark) == 0;
        marks[at] |= (byte) mark;
        return first;
    }

    boolean isMarked(long offset, int mark) {
        Page page = find(offset);
        return page != null && (page.marks[place(offset)] & mark) != 0;
    }

    void clearMarks() {
        for (Page page : pages) {
            if (page != null) {
                Arrays.fill(page.marks, (byte) 0);
            }
        }
    }

    private Page find(long offset) {
        return offset < begin || page(offset) >= pages.size() ? null : pages.get(page(offset));
    }

    private int page(long offset) {
        return Math.toIntExact((offset - begin) / PAGE);
    }

    private int place(long offset) {
        return (int) ((offset - begin) % PAGE);
    }
}
