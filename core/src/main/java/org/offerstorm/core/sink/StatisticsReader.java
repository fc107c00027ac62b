package org.offerstorm.core.sink;

import java.io.IOException;

/**
 * Asks a store how much it holds; seldom, once a minute, or as {@link #isCheap} says. It reads only, and connects at the
 * first call and again after any error. Called by one thread.
 */
public interface StatisticsReader extends AutoCloseable {
    /**
     * What the store holds now. Ends within some seconds.
     *
     * @throws IOException if the store cannot be asked now
     */
    StoreStatistics read() throws IOException;

    /** Whether a reading costs about as much as a query, however much the store holds: then it is asked four times a minute. */
    default boolean isCheap() {
        return false;
    }

    @Override
    void close();
}
