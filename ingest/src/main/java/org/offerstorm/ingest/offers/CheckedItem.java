package org.offerstorm.ingest.offers;

import org.offerstorm.core.parse.Reason;

/** The verdict on an item. */
public sealed interface CheckedItem {
    /**
     * The pipeline will accept it.
     *
     * @param key of its record
     * @param value of its record; null withdraws the offer
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sendable(String id, byte[] key, byte[] value) implements CheckedItem {
        /** Bytes of its record, about. */
        public int bytes() {
            return key.length + (value == null ? 0 : value.length);
        }
    }

    /**
     * The pipeline would refuse it, so it is not sent.
     *
     * @param id null if it has none that can be read
     * @param line of the body, from 1; 0 if items are not lines
     * @param detail one line without control characters
     */
    record Unfit(String id, int line, Reason reason, String detail) implements CheckedItem {}
}
