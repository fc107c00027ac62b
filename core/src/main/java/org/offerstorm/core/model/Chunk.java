package org.offerstorm.core.model;

import java.util.List;
import java.util.Objects;

/**
 * The unit that travels through the topology: up to 1,000 records or 1 MiB, in the order of their offsets within each
 * partition. Immutable. A chunk without items still covers its ranges and passes every component.
 *
 * @param <T> {@link SourceRecord} from the spout, {@link Change} after parsing
 * @param items never changed after construction; not copied, because this is on the path of every offer
 */
public record Chunk<T>(ChunkHeader header, List<T> items) {
    public Chunk {
        Objects.requireNonNull(header, "header");
        Objects.requireNonNull(items, "items");
    }

    public int size() {
        return items.size();
    }
}
