package org.offerstorm.tools.trace;

import java.util.List;
import java.util.Objects;
import org.offerstorm.tools.deadletters.LetterPosition;

/**
 * A record of the offer in the topic, and the parser's verdict on it.
 *
 * @param timestampMillis Kafka's time of the record, milliseconds since 1970 UTC; negative if it has none
 * @param version {@code epoch << 48 | offset}
 * @param cell {@code category|CONTINENT} of an offer; null for a deletion and for a refused record
 * @param reason code of the reason if the record is refused; null if it is accepted
 * @param detail of the reason, for people; untrusted
 * @param origin who wrote it if not a producer, such as {@code expired}; empty if nothing says so
 * @param replayOf the letter whose record it repeats; null if it is not a replay
 */
public record TracedRecord(
        int partition,
        long offset,
        long timestampMillis,
        long version,
        String cell,
        String reason,
        String detail,
        List<String> origin,
        LetterPosition replayOf) {
    public TracedRecord {
        Objects.requireNonNull(detail, "detail");
        origin = List.copyOf(origin);
    }

    public boolean isAccepted() {
        return reason == null;
    }

    /** The cell, {@code deleted}, or null if the record is refused. */
    public String value() {
        return isAccepted() && cell == null ? Holding.DELETED : cell;
    }
}
