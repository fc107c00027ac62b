package org.offerstorm.tools.setup;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.model.Source;

/** Which log the configured topic is now. */
public final class TopicIdentity {
    private TopicIdentity() {}

    /**
     * Asks Kafka, once.
     *
     * @throws IOException if Kafka does not answer within some seconds, or there is no such topic
     */
    public static Source of(SourceConfig source) throws IOException {
        return of(source, KafkaAdmin.PATIENCE);
    }

    /**
     * As {@link #of(SourceConfig)}.
     *
     * @param patience while Kafka listens
     */
    public static Source of(SourceConfig source, Duration patience) throws IOException {
        try (KafkaAdmin admin = new KafkaAdmin(source.bootstrapServers(), source.properties(), patience)) {
            TopicDescription topic = admin.get(admin.client()
                    .describeTopics(List.of(source.topic()))
                    .topicNameValues()
                    .get(source.topic()));
            return new Source(
                    source.topic(),
                    topic.topicId().toString(),
                    source.epoch(),
                    topic.partitions().size());
        } catch (UnknownTopicOrPartitionException e) {
            throw new IOException(
                    "topic " + source.topic() + " does not exist at " + source.bootstrapServers()
                            + "; create it (setup does)",
                    e);
        } catch (KafkaException e) {
            throw new IOException(
                    "Kafka at " + source.bootstrapServers() + " does not describe topic " + source.topic() + ": "
                            + e.getMessage(),
                    e);
        }
    }
}
