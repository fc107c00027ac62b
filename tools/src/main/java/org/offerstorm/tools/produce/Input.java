package org.offerstorm.tools.produce;

import java.util.Objects;

/** What a reader found at one place of its file. */
public sealed interface Input {
    /** Line of the file on which it begins, from 1. */
    long line();

    /**
     * A record for the topic.
     *
     * @param key the offer's id in UTF-8
     * @param value the offer as JSON, sound or not; null for a deletion
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Item(byte[] key, byte[] value, long line) implements Input {
        public Item {
            Objects.requireNonNull(key, "key");
        }

        public boolean isDeletion() {
            return value == null;
        }
    }

    /**
     * Something that cannot become a record. It is reported, never dropped in silence.
     *
     * @param why for people; one line, quotes nothing of the file
     */
    record Skipped(long line, String why) implements Input {}
}
