package org.offerstorm.core.model;

import java.util.Objects;

/**
 * A record as it was read: bytes, not yet believed. The arrays are shared, never changed.
 *
 * @param key raw key, or null if the record had none
 * @param value raw value, or null for a deletion
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copies would double the memory traffic
public record SourceRecord(SourcePosition position, byte[] key, byte[] value) {
    public SourceRecord {
        Objects.requireNonNull(position, "position");
    }
}
