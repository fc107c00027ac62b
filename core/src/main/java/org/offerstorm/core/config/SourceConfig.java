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
 * @param mapping path of the mapping file; {@link #COMMON_MAPPING}: the one in the jar; {@link #NO_MAPPING}: records are
 *     offers as docs/input.md has them
 * @param properties further consumer properties; values may be {@code ${env:NAME}} or {@code ${file:path}}
 */
public record SourceConfig(
        String bootstrapServers, String topic, String group, int epoch, String mapping, Map<String, String> properties)
        implements Serializable {
    /** {@link #mapping()} if there is none. */
    public static final String NO_MAPPING = "none";

    /** {@link #mapping()} if it is the one of the usual names, conf/mappings/common.yaml, which is in the jar. */
    public static final String COMMON_MAPPING = "common";

    /** One without mapping. */
    public SourceConfig(
            String bootstrapServers, String topic, String group, int epoch, Map<String, String> properties) {
        this(bootstrapServers, topic, group, epoch, NO_MAPPING, properties);
    }
}
