package org.offerstorm.tools.setup;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.secret.Secrets;

/** The identity of the topic, asked once for all checks of the sinks. Safe for use by many threads. */
final class StreamSource implements Supplier<Optional<Source>> {
    private final SourceConfig config;
    private Optional<Source> known;

    StreamSource(SourceConfig config) {
        this.config = config;
    }

    /** Nothing if Kafka cannot be asked or there is no such topic: the check of Kafka says why. */
    @Override
    @SuppressWarnings("OptionalAssignedToNull") // not asked yet
    public synchronized Optional<Source> get() {
        if (known == null) {
            known = ask();
        }
        return known;
    }

    private Optional<Source> ask() {
        try (KafkaAdmin admin = new KafkaAdmin(config.bootstrapServers(), config.properties())) {
            TopicDescription topic = admin.get(admin.client()
                    .describeTopics(List.of(config.topic()))
                    .topicNameValues()
                    .get(config.topic()));
            return Optional.of(new Source(
                    config.topic(),
                    topic.topicId().toString(),
                    config.epoch(),
                    topic.partitions().size()));
        } catch (IOException | KafkaException | Secrets.Unresolved e) {
            return Optional.empty();
        }
    }
}
