package org.offerstorm.sinks.changes;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import org.offerstorm.core.sink.Neighbours;

/**
 * Where changes of the table are published.
 *
 * @param topic topic of the changes
 * @param bootstrapServers Kafka brokers, {@code host:port,…}, or {@link #SERVERS_OF_SOURCE}
 * @param properties further properties of the producer, and of who reads the topic back; values may name secrets
 * @param timeout deadline of one call, at most 5 s
 */
public record ChangesConfig(String topic, String bootstrapServers, Map<String, String> properties, Duration timeout)
        implements Serializable {
    /** {@link #bootstrapServers()} if the topic is where the offers are. */
    public static final String SERVERS_OF_SOURCE = "source";

    /** The brokers, {@code host:port,…}. */
    public String servers(Neighbours neighbours) {
        return bootstrapServers.equals(SERVERS_OF_SOURCE) ? neighbours.bootstrapServers() : bootstrapServers;
    }
}
