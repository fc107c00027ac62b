package org.offerstorm.core.sink;

import java.io.Serializable;
import java.util.List;

/** The dead-letter topic. Called by one thread. */
public interface DeadLetters extends AutoCloseable {
    /**
     * Writes the letters and waits until they are durable, at most 5 s.
     *
     * @return {@link WriteResult.Done}, or {@link WriteResult.Retryable} if any is not known to be durable
     */
    WriteResult write(List<DeadLetter> letters);

    /**
     * Sends the letters, and does not wait for the answer, so that several deliveries are under way. A failure of one may
     * fail the others that were not known to be durable yet.
     */
    default Delivery send(List<DeadLetter> letters) {
        return Delivery.known(write(letters));
    }

    @Override
    void close();

    /** Travels in the serialized topology and opens the dead letters on the worker. */
    @FunctionalInterface
    interface Factory extends Serializable {
        DeadLetters create();
    }
}
