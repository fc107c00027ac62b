package org.offerstorm.core.sink;

import java.util.OptionalLong;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;

/**
 * A store of offers. Called by one thread, the bolt's executor; it starts no threads. Construction does not connect: a
 * store that is unavailable shows as {@link WriteResult.Retryable}, at the first write and at any later one.
 *
 * <p>Every write is idempotent: a chunk may come again, late, or at the same time as its own replay from another worker.
 */
public interface Sink extends AutoCloseable {
    /** Name in messages, metrics and dead letters: {@code hdfs}, {@code solr}, {@code redis}. */
    String name();

    /**
     * Writes a chunk whose upserts all have their cell. When {@link WriteResult.Done} is returned, all of it is durable.
     * Returns within 5 s. Outages are {@link WriteResult.Retryable}, never an exception; an exception is a bug and ends
     * the worker.
     */
    WriteResult write(Chunk<Change> chunk);

    /** Called once a second, also when idle and while chunks are held: rolling by age, steps of a recovery. */
    default void tick() {}

    /** Bytes that this instance has written, where the sink counts them. Any thread. */
    default OptionalLong bytes() {
        return OptionalLong.empty();
    }

    /** Files that this instance has finished, where the sink has files. Any thread. */
    default OptionalLong files() {
        return OptionalLong.empty();
    }

    /** Releases connections; what was not acked need not be saved. Does not throw. */
    @Override
    void close();
}
