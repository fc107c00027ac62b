package org.offerstorm.tools.verify;

/** What must become of a record. */
sealed interface Verdict {
    /**
     * The offer has this version from now on.
     *
     * @param offer null if the record withdraws it
     */
    record Accepted(String id, PlainOffer offer) implements Verdict {}

    /**
     * The record belongs into the dead letters.
     *
     * @param reason code as docs/input.md lists them
     */
    record Rejected(String reason) implements Verdict {}
}
