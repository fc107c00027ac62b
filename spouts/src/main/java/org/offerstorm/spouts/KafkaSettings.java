package org.offerstorm.spouts;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.storm.kafka.spout.KafkaSpoutConfig;
import org.apache.storm.kafka.spout.subscription.NamedTopicFilter;
import org.apache.storm.kafka.spout.subscription.RoundRobinManualPartitioner;
import org.offerstorm.core.config.SourceConfig;

/** The source's settings in the form of Storm's stock spout. */
final class KafkaSettings {
    private KafkaSettings() {}

    /**
     * Topic filter, partitioner and properties. Secrets in it are still references. Its {@code toString} prints all
     * properties: never log it.
     *
     * @throws IllegalArgumentException if a property would break a guarantee
     */
    static KafkaSpoutConfig<byte[], byte[]> spoutConfig(SourceConfig source) {
        Map<String, Object> properties = ConsumerProperties.of(source);
        // Storm sets it itself, and refuses to have it set.
        properties.remove(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG);
        return new KafkaSpoutConfig.Builder<byte[], byte[]>(
                        source.bootstrapServers(),
                        new NamedTopicFilter(source.topic()),
                        new RoundRobinManualPartitioner())
                .setGroupId(source.group())
                .setPollTimeoutMs(100)
                .setProp(properties)
                .build();
    }
}
