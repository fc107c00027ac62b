package org.offerstorm.core.sink;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import org.offerstorm.core.model.Source;

/**
 * What a sink that can lose acknowledged data (Redis) says it holds. The spout compares it with its acked floors, and
 * seeks back when one of these sinks knows less. Called by one thread.
 */
public interface CoverageReader extends AutoCloseable {
    /**
     * For each partition of the source the offset below which every record is counted; a partition without entry was
     * never written.
     *
     * @throws IOException if the store cannot be asked now, or holds another source
     */
    Map<Integer, Long> coverage(Source source) throws IOException;

    @Override
    void close();

    /** Travels in the serialized topology. */
    @FunctionalInterface
    interface Factory extends Serializable {
        CoverageReader create();
    }
}
