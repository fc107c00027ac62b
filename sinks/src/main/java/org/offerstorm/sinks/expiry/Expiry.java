package org.offerstorm.sinks.expiry;

import java.io.IOException;
import java.io.Serializable;

/** Withdraws offers whose time has passed. One thread. */
public interface Expiry extends AutoCloseable {
    /** Makes one on the worker; travels in the serialized topology. */
    @FunctionalInterface
    interface Factory extends Serializable {
        Expiry create();
    }

    /**
     * Looks for due offers, and withdraws a page of them; takes some seconds at most.
     *
     * @throws IOException if that is not possible now, with what to do; a later round tries again
     */
    Round round() throws IOException;

    @Override
    void close();

    /**
     * What a round did.
     *
     * @param expired offers that were withdrawn
     * @param more whether there are others, for another round at once
     */
    record Round(int expired, boolean more) {}
}
