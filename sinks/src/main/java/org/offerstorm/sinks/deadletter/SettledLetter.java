package org.offerstorm.sinks.deadletter;

import java.util.Objects;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;

/**
 * What remains of a dead letter that an operator settled: that there was one, and what became of it. It stands
 * under a key of its own, so that checks still know that the record was not lost when compaction has taken the letter with the bytes
 * of the record, and so that the letter stays settled when a stream writes it once more. It holds nothing of the record.
 *
 * @param how what the operator did
 * @param atMillis when, milliseconds since 1970 UTC
 * @param replayedTo {@code partition@offset} of the record that was put back; empty if it was dropped
 */
public record SettledLetter(
        Source source,
        SourcePosition position,
        String stage,
        String reason,
        Settlement how,
        long atMillis,
        String replayedTo)
        implements LetterEntry {
    /** What became of a letter. */
    public enum Settlement {
        DROPPED,
        REPLAYED
    }

    public SettledLetter {
        Objects.requireNonNull(how, "how");
        Objects.requireNonNull(replayedTo, "replayedTo");
    }

    /** The mark of a letter that is thrown away. */
    public static SettledLetter dropped(LetterEntry letter, long nowMillis) {
        return new SettledLetter(
                letter.source(), letter.position(), letter.stage(), letter.reason(), Settlement.DROPPED, nowMillis, "");
    }

    /** The mark of a letter whose record stands in the log once more. */
    public static SettledLetter replayed(LetterEntry letter, String to, long nowMillis) {
        return new SettledLetter(
                letter.source(),
                letter.position(),
                letter.stage(),
                letter.reason(),
                Settlement.REPLAYED,
                nowMillis,
                to);
    }
}
