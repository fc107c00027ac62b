package org.offerstorm.sinks.deadletter;

import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.sink.DeadLetter;

/** The entry of the topic for a refused record: the letter itself, or the mark of one that an operator settled. */
public sealed interface LetterEntry permits StoredLetter, SettledLetter {
    /** The log that the record came from. */
    Source source();

    /** Where the record stood. */
    SourcePosition position();

    /** Component that refused it. */
    String stage();

    /** Code of the reason. */
    String reason();

    /** Key of the letter in the topic; a later one under it takes the place of an earlier one. */
    default String letterKey() {
        return DeadLetter.letterKey(source(), position());
    }
}
