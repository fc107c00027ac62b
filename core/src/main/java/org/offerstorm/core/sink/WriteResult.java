package org.offerstorm.core.sink;

import java.util.List;
import java.util.Objects;
import org.offerstorm.core.model.Change;

/** What became of a chunk. */
public sealed interface WriteResult {
    /**
     * The chunk is durable, but for the rejected changes, which belong in the dead letters.
     *
     * @param written changes that took effect
     * @param stale changes that were there already, or that a newer version had overtaken
     */
    record Done(int written, int stale, List<Rejection> rejected) implements WriteResult {
        public Done {
            rejected = List.copyOf(rejected);
        }

        public Done(int written, int stale) {
            this(written, stale, List.of());
        }
    }

    /**
     * Nothing is known to be durable; the same chunk must be offered again.
     *
     * @param message what happened, where (address, path), and what to do; one line
     * @param cause may be null
     */
    record Retryable(String message, Throwable cause) implements WriteResult {
        public Retryable {
            Objects.requireNonNull(message, "message");
        }
    }

    /**
     * A change that the store will never take, however often it is offered.
     *
     * @param detail the store's words, one line
     */
    record Rejection(Change change, String detail) {}
}
