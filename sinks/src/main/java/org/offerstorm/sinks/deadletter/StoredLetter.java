package org.offerstorm.sinks.deadletter;

import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.sink.DeadLetter;

/**
 * A dead letter as it is in the topic.
 *
 * @param letter record, stage, reason and detail
 * @param refusedAtMillis when it was written, milliseconds since 1970 UTC
 */
public record StoredLetter(DeadLetter letter, long refusedAtMillis) implements LetterEntry {
    @Override
    public Source source() {
        return letter.source();
    }

    @Override
    public SourcePosition position() {
        return letter.position();
    }

    @Override
    public String stage() {
        return letter.stage();
    }

    @Override
    public String reason() {
        return letter.reason();
    }
}
