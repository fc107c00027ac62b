package org.offerstorm.core.sink;

/** What was sent and may not be durable yet. For the thread that sent it. */
public interface Delivery {
    /** Whether {@link #result} answers at once; does not wait. */
    boolean isKnown();

    /**
     * Waits for the answer, at most 5 s from when it was sent. Always the same once it is known.
     *
     * @return {@link WriteResult.Done}, or {@link WriteResult.Retryable} if anything is not known to be durable
     */
    WriteResult result();

    /** Of something whose result is known. */
    static Delivery known(WriteResult result) {
        return new Known(result);
    }

    /** See {@link #known}. */
    record Known(WriteResult result) implements Delivery {
        @Override
        public boolean isKnown() {
            return true;
        }
    }
}
