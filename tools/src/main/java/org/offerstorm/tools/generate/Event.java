package org.offerstorm.tools.generate;

import org.offerstorm.core.model.Cell;

/**
 * One line of the stream, with what the generator knows of it.
 *
 * @param id the offer's id
 * @param line the record's value as NDJSON has it, without line end
 * @param before where the offer counted before this event; null if it was not live
 * @param after where it counts from now on; null if it is not live. Equal to {@code before} for a bad record
 */
public record Event(Kind kind, String id, String line, Cell before, Cell after) {
    /** What happens to the offer. */
    public enum Kind {
        /** Published for the first time. */
        INSERT,
        /** Published again with other values. */
        CORRECTION,
        DELETION,
        /** Published again after a deletion. */
        RETURN,
        /** A record that the parser refuses: the offer stays what it was. */
        BAD
    }
}
