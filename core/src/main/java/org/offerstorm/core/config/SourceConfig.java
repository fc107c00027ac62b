package org.offerstorm.core.config;

import java.io.Serializable;
import java.util.Map;

/**
 * Where offers come from.
 *
 * @param bootstrapServers Kafka brokers, {@code host:port,…}
 * @param topic topic of offers
 * @param group consumer group: holds the committed floors
 * @param epoch 1 to 31; raised by the operator when the topic was re-created
 * @param properties further consumer properties; values may be {@code ${env:NAME}} or {@code ${file:path}}
 */
public record SourceConfig(
        String bootstrapServers, String topic, String group, int epoch, Map<String, String> properties)
        implements Serializable {}
