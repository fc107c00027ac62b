package org.offerstorm.sinks.deadletter;

import java.util.Objects;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;

/**
 * What remains of a dead letter that an operator settled: that it existed, and what became of it. It has a separate key:
 * checks still know that the record was not lost after compaction has removed the letter with the bytes of the record, and
 * the letter stays settled if a stream writes it again. It holds nothing of the record.
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

    /** The mark of a letter whose record was written to the log again. */
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
