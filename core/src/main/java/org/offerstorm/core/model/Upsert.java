package org.offerstorm.core.model;

import java.util.Objects;

/**
 * An offer was published or corrected.
 *
 * @param cell where it is counted; null until the classifying bolt has placed it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copies would double the memory traffic
public record Upsert(SourcePosition position, Offer offer, Cell cell, byte[] raw) implements Change {
    public Upsert {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(offer, "offer");
    }

    @Override
    public String id() {
        return offer.id();
    }

    /** The same offer, counted in {@code cell}. */
    public Upsert in(Cell cell) {
        return new Upsert(position, offer, Objects.requireNonNull(cell, "cell"), raw);
    }
}
