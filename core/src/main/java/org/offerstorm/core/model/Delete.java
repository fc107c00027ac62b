package org.offerstorm.core.model;

import java.util.Objects;

/** An offer was withdrawn. Deleting twice, or what never was, changes nothing. */
public record Delete(SourcePosition position, String id) implements Change {
    public Delete {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(id, "id");
    }

    @Override
    public byte[] raw() {
        return null;
    }
}
