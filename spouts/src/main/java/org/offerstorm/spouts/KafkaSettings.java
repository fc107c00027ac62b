package org.offerstorm.spouts;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.storm.kafka.spout.KafkaSpoutConfig;
import org.apache.storm.kafka.spout.subscription.NamedTopicFilter;
import org.apache.storm.kafka.spout.subscription.RoundRobinManualPartitioner;
import org.offerstorm.core.config.Secrets;
import org.offerstorm.core.config.SourceConfig;

/** Kafka's settings: what the user may override, and what the guarantees rest on. */
final class KafkaSettings {
    /** Deadline of one request and of one blocking call. */
    static final int TIMEOUT_MILLIS = 5_000;

    static final Map<String, Object> DEFAULTS = Map.of(
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

    /** Storm sets {@code enable.auto.commit=false} itself, and refuses to have it set. */
    private static final Map<String, Object> FIXED = Map.of(
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);

    static final Set<String> REFUSED = Set.of(
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);

    private KafkaSettings() {}

    /**
     * The stock spout's configuration over the source's: topic filter, partitioner, properties. Secrets in it are still
     * references. Its {@code toString} prints all properties: never log it.
     *
     * @throws IllegalArgumentException if a property would break a guarantee
     */
    static KafkaSpoutConfig<byte[], byte[]> spoutConfig(SourceConfig source) {
        for (String name : source.properties().keySet()) {
            if (REFUSED.contains(name)) {
                throw new IllegalArgumentException("source.properties sets " + name
                        + ", which the delivery guarantees rest on; remove it (group and servers have options of their"
                        + " own)");
            }
        }
        return new KafkaSpoutConfig.Builder<byte[], byte[]>(
                        source.bootstrapServers(),
                        new NamedTopicFilter(source.topic()),
                        new RoundRobinManualPartitioner())
                .setGroupId(source.group())
                .setPollTimeoutMs(100)
                .setProp(DEFAULTS)
                .setProp(new HashMap<String, Object>(source.properties()))
                .setProp(FIXED)
                .build();
    }

    /** Properties of the consumer, with secrets resolved: on the worker only. */
    static Map<String, Object> consumer(KafkaSpoutConfig<byte[], byte[]> config, String clientId) {
        Map<String, Object> properties = new HashMap<>(config.getKafkaProps());
        properties.replaceAll((name, value) -> value instanceof String text ? Secrets.resolve(text) : value);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        return properties;
    }

    /** Those of them that an admin client knows. */
    static Map<String, Object> admin(Map<String, Object> consumer) {
        Map<String, Object> properties = new HashMap<>(consumer);
        properties.keySet().retainAll(AdminClientConfig.configNames());
        return properties;
    }
}
