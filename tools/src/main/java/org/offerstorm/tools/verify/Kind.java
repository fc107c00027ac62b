package org.offerstorm.tools.verify;

/** What can be wrong; docs/verify.md says what each means and how to fix it. */
public enum Kind {
    /** Must be there, and is not. */
    LOST("lost"),
    /** Is there more than once. */
    DUPLICATE("duplicate"),
    /** Is there in an earlier version than the newest. */
    STALE("stale"),
    /** Is live, though its newest version is a deletion. */
    RESURRECTED("resurrected"),
    /** Is there, and no record of the topic made it. */
    PHANTOM("phantom"),
    /** Is in another cell, or in another directory. */
    MISPLACED("misplaced"),
    /** Has other fields than its record. */
    DIFFERENT("different"),
    /** A counter says another number. */
    MISCOUNTED("miscounted"),
    /** Covers less, or more, of a partition than there is. */
    UNCOVERED("uncovered");

    private final String word;

    Kind(String word) {
        this.word = word;
    }

    /** As it is in reports. */
    public String word() {
        return word;
    }
}
