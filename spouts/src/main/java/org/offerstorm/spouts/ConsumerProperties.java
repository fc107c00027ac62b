package org.offerstorm.spouts;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.secret.Secrets;

/** Kafka's consumer properties: what the user may override, and what the guarantees rest on. Needs no Storm. */
public final class ConsumerProperties {
    /** Deadline of one request and of one blocking call. */
    static final int TIMEOUT_MILLIS = 5_000;

    /** Hold where {@code source.properties} sets no others. */
    public static final Map<String, Object> DEFAULTS = Map.of(
            ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
            64 << 10,
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
            35,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            2_000,
            ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            TIMEOUT_MILLIS,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            TIMEOUT_MILLIS,
            ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG,
            false);

    private static final Map<String, Object> FIXED = Map.of(
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "none",
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false);

    /** What the delivery guarantees rest on: {@code source.properties} may not set them. */
    public static final Set<String> REFUSED = Set.of(
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);

    private ConsumerProperties() {}

    /**
     * Properties of the consumer, with secrets as references.
     *
     * @throws IllegalArgumentException if the source sets a property that would break a guarantee
     */
    static Map<String, Object> of(SourceConfig source) {
        for (String name : source.properties().keySet()) {
            if (REFUSED.contains(name)) {
                throw new IllegalArgumentException("source.properties sets " + name
                        + ", which the delivery guarantees rest on; remove it (group and servers have options of their"
                        + " own)");
            }
        }
        Map<String, Object> properties = new HashMap<>(DEFAULTS);
        properties.putAll(source.properties());
        properties.putAll(FIXED);
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, source.bootstrapServers());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, source.group());
        return properties;
    }

    /** The same with secrets resolved: on the worker, or in a command, only. */
    static Map<String, Object> resolved(Map<String, Object> references, String clientId) {
        Map<String, Object> properties = new HashMap<>(references);
        properties.replaceAll((name, value) -> value instanceof String text ? Secrets.resolve(name, text) : value);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        return properties;
    }

    /** Those of a consumer's properties that an admin client knows. */
    static Map<String, Object> admin(Map<String, Object> consumer) {
        Map<String, Object> properties = new HashMap<>(consumer);
        properties.keySet().retainAll(AdminClientConfig.configNames());
        return properties;
    }
}
