package org.offerstorm.core.parse;

import java.util.List;
import java.util.Objects;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.sink.DeadLetter;

/**
 * What a chunk of records became: each record is a change or a letter.
 *
 * @param changes in the order of the records, with the same header, also if none is left; upserts have no cell yet
 * @param letters of the refused records, in their order
 * @param unknownFields fields of accepted records that no offer has; they are ignored
 */
public record ParsedChunk(Chunk<Change> changes, List<DeadLetter> letters, long unknownFields) {
    public ParsedChunk {
        Objects.requireNonNull(changes, "changes");
        Objects.requireNonNull(letters, "letters");
    }
}
