package org.offerstorm.tools.trace;

import org.offerstorm.tools.deadletters.LetterPosition;

/**
 * A dead letter of the offer.
 *
 * @param position of the refused record
 * @param atMillis when it was written, or settled; milliseconds since 1970 UTC
 * @param stage component that refused the record
 * @param detail for people; untrusted, empty if an operator settled the letter
 * @param settled what an operator did with it, such as {@code replayed to 0@7}; null if nothing
 */
public record TracedLetter(
        LetterPosition position, long atMillis, String stage, String reason, String detail, String settled) {}
