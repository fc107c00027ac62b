package org.offerstorm.ingest.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.tools.produce.ProducerSettings;

/** Settings of the producers: confirmed by all replicas, never doubled by a retry of the client, bounded in memory and time. */
final class WriterSettings {
    /** From the hand-over of a record to its answer. */
    static final Duration DELIVERY = Duration.ofSeconds(8);
    /** What a record has besides key and value, with that of its batch; generous. */
    static final int OVERHEAD = 200;

    private static final int REQUEST_MILLIS = 4_000;
    private static final long BUFFER = 32 << 20;
    static final int MAX_REQUEST = 4 << 20;
    /** Metadata, or room in the buffer. */
    private static final int MAX_BLOCK_MILLIS = 2_000;

    private WriterSettings() {}

    /** @throws Secrets.Unresolved if a property names a secret that is not there */
    static Map<String, Object> of(SourceConfig source) {
        Map<String, Object> settings = new HashMap<>(Secrets.resolve(ProducerSettings.propertiesOf(source)));
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, source.bootstrapServers());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 1);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
        settings.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return settings;
    }
}
