package org.offerstorm.core.sink;

import java.io.Serializable;

/** What a kind of sink may take from the configuration besides its own options. */
public interface Neighbours {
    /** Kafka brokers of the source, {@code host:port,…}. */
    String bootstrapServers();

    /** What is configured for a kind of sink, chosen or not. */
    <C extends Record & Serializable> C of(SinkKind<C> kind);
}
