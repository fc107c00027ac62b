package org.offerstorm.core.parse;

import java.io.Serializable;
import org.offerstorm.core.model.SourceRecord;

/** Makes changes of the topic's records. Each parsing task has its own; one thread. */
public interface RecordParser {
    /** Makes one for each parsing task; travels in the serialized topology. */
    @FunctionalInterface
    interface Factory extends Serializable {
        RecordParser create();
    }

    /**
     * The verdict on one record. Never throws for anything that a record holds.
     *
     * @throws SourceUnavailable if the record cannot be read now, for a reason outside it
     */
    ParseResult parse(SourceRecord record);

    /** Fields of the last document, as far as it was read, that say nothing to this parser: they are ignored. */
    int unknownFields();
}
