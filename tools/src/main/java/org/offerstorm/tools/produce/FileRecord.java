package org.offerstorm.tools.produce;

import java.util.Objects;

/** What a {@link RecordFile} found at one place of its file. */
public sealed interface FileRecord {
    /** Line of the file on which it begins, from 1. */
    long line();

    /** Its number among the file's records, from 1; in a CSV that of the row, without the header. */
    long number();

    /**
     * A record of the source, with all that it says.
     *
     * @param json UTF-8: a row as an object of its header's names, or the bytes of the file. A line of NDJSON begins as an
     *     object, and may be invalid after that.
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Value(byte[] json, long line, long number) implements FileRecord {
        public Value {
            Objects.requireNonNull(json, "json");
        }
    }

    /**
     * Something that is not a record.
     *
     * @param why for people; one line
     */
    record Unreadable(String why, long line, long number) implements FileRecord {}
}
