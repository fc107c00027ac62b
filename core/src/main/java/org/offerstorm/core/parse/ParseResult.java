package org.offerstorm.core.parse;

import java.util.Objects;
import org.offerstorm.core.model.Change;

/** The verdict on one record. */
public sealed interface ParseResult {
    /** The record changes an offer; an upsert has no cell yet. */
    record Accepted(Change change) implements ParseResult {
        public Accepted {
            Objects.requireNonNull(change, "change");
        }
    }

    /**
     * The record belongs in the dead letters.
     *
     * @param detail for people; may quote the record, so it is as untrusted as the record: clean it before it reaches a
     *     log (dead letters do)
     */
    record Rejected(Reason reason, String detail) implements ParseResult {
        public Rejected {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(detail, "detail");
        }
    }
}
