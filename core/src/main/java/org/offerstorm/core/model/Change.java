package org.offerstorm.core.model;

/** An accepted record: the state of one offer from {@link #position()} on. */
public sealed interface Change permits Upsert, Delete {
    /** Offer id, equal to the record's key: non-blank UTF-8 of at most 512 bytes, otherwise any text. */
    String id();

    SourcePosition position();

    /** The record's value as it was read, for dead letters; null for a deletion. */
    byte[] raw();
}
