package org.offerstorm.tools.trace;

import java.util.Objects;

/**
 * A version of the offer in a store.
 *
 * @param version {@code epoch << 48 | offset}
 * @param partition of its record; null if the store does not say
 * @param value {@code category|CONTINENT}, or {@link #DELETED}
 * @param timeMillis of its record, milliseconds since 1970 UTC; null if the store does not say
 * @param where in the store; empty if there is one place only
 * @param isHistory whether the store has it because it has every version, and not as the newest one
 */
public record Holding(long version, Integer partition, String value, Long timeMillis, String where, boolean isHistory) {
    /** Value of a deletion. */
    public static final String DELETED = "deleted";

    private static final int OFFSET_BITS = 48;

    public Holding {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(where, "where");
    }

    public int epoch() {
        return (int) (version >>> OFFSET_BITS);
    }

    public long offset() {
        return version & ((1L << OFFSET_BITS) - 1);
    }
}
