package org.offerstorm.sinks.expiry;

import java.util.Objects;

/**
 * A live offer that a store has, and that is due.
 *
 * @param version {@code epoch << 48 | offset} of the record that it was made of
 */
public record DueOffer(String id, long version) {
    public DueOffer {
        Objects.requireNonNull(id, "id");
    }
}
