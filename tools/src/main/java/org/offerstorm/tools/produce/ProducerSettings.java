package org.offerstorm.tools.produce;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.secret.Secrets;

/**
 * Where and how offers are sent.
 *
 * @param bootstrapServers Kafka brokers, {@code host:port,…}
 * @param topic topic of the offers; must exist
 * @param perSecond most records a second, 0 for no limit
 * @param connectTimeout how long to look for the brokers before they count as unreachable, if nobody listens there
 * @param properties further client properties, such as those of a secured cluster
 */
public record ProducerSettings(
        String bootstrapServers,
        String topic,
        double perSecond,
        Duration connectTimeout,
        Map<String, String> properties) {
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(6);

    /** Of the consumer's properties, those that a producer has under the same name with another meaning. */
    private static final Set<String> TUNING = Set.of(
            ProducerConfig.CLIENT_ID_CONFIG,
            ProducerConfig.INTERCEPTOR_CLASSES_CONFIG,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);

    public ProducerSettings {
        properties = Map.copyOf(properties);
    }

    public ProducerSettings(String bootstrapServers, String topic) {
        this(bootstrapServers, topic, 0, CONNECT_TIMEOUT, Map.of());
    }

    /**
     * For the topic that the topology reads.
     *
     * @param perSecond most records a second, 0 for no limit
     * @throws Secrets.Unresolved if a property names a secret that is not there
     */
    public static ProducerSettings of(SourceConfig source, double perSecond) {
        return new ProducerSettings(
                source.bootstrapServers(),
                source.topic(),
                perSecond,
                CONNECT_TIMEOUT,
                Secrets.resolve(propertiesOf(source)));
    }

    /** Of the source's properties, those that are a producer's too, such as those of a secured cluster. Secrets are references. */
    public static Map<String, String> propertiesOf(SourceConfig source) {
        Map<String, String> properties = new LinkedHashMap<>(source.properties());
        properties.keySet().removeAll(TUNING);
        properties.keySet().retainAll(ProducerConfig.configNames());
        return properties;
    }
}
