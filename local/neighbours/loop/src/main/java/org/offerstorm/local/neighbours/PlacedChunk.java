package org.offerstorm.local.neighbours;

import java.util.concurrent.atomic.AtomicInteger;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;

/** A chunk on its way to the sinks, how many of them have not written it yet, and who waits for them. */
record PlacedChunk(Chunk<Change> chunk, AtomicInteger missing, Handover from) {
    /** Called by each sink's thread. */
    void written() {
        if (missing.decrementAndGet() == 0) {
            from.written(chunk);
        }
    }
}
