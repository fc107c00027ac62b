package org.offerstorm.local.trials.chaos.freshness;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.offerstorm.sinks.changes.ChangePosition;
import org.offerstorm.sinks.changes.ChangeRecord;

/** The last committed record of the topic of changes says up to where each partition is published. */
final class ChangesView implements SinkView {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int TIMEOUT_MILLIS = 5_000;

    private final TopicPartition topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<Integer, Long> floors = new HashMap<>();

    /**
     * Does not wait for Kafka.
     *
     * @param login further settings of a client
     */
    ChangesView(String servers, Map<String, String> login, String topic) {
        this.topic = new TopicPartition(topic, 0);
        Map<String, Object> settings = new HashMap<>(login);
        settings.put("bootstrap.servers", servers);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "latest");
        settings.put("allow.auto.create.topics", false);
        settings.put("enable.metrics.push", false);
        settings.put("default.api.timeout.ms", TIMEOUT_MILLIS);
        settings.put("request.timeout.ms", TIMEOUT_MILLIS);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(this.topic));
    }

    @Override
    public String sink() {
        return "changes";
    }

    @Override
    public boolean holds(List<List<Markers.Marker>> markers) throws IOException {
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(topic)) {
                Header position = record.headers().lastHeader(ChangeRecord.POSITION_HEADER);
                if (position != null) {
                    floors.putAll(ChangePosition.parse(position.value()).floors());
                }
            }
        } catch (KafkaException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        return markers.stream()
                .map(those -> those.get(0))
                .allMatch(marker -> floors.getOrDefault(marker.partition(), 0L) > marker.offset());
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
