package org.offerstorm.sinks.withdrawal;

import java.util.Objects;

/**
 * An offer that is to be withdrawn.
 *
 * @param key the offer's id in UTF-8, as its records have it
 * @param partition where its records are
 * @param offset of its newest record, as far as is known; the deletion must come after it. Negative: there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Withdrawal(byte[] key, int partition, long offset) {
    public Withdrawal {
        Objects.requireNonNull(key, "key");
    }
}
