package org.offerstorm.topology.input;

import java.time.Duration;
import java.util.Map;

/**
 * Where and how offers are sent.
 *
 * @param bootstrapServers Kafka brokers, {@code host:port,…}
 * @param topic topic of the offers; must exist
 * @param perSecond most records a second, 0 for no limit
 * @param connectTimeout how long to look for the brokers before they count as unreachable
 * @param properties further client properties, such as those of a secured cluster
 */
public record ProducerSettings(
        String bootstrapServers,
        String topic,
        double perSecond,
        Duration connectTimeout,
        Map<String, String> properties) {
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(6);

    public ProducerSettings {
        properties = Map.copyOf(properties);
    }

    public ProducerSettings(String bootstrapServers, String topic) {
        this(bootstrapServers, topic, 0, CONNECT_TIMEOUT, Map.of());
    }
}
