package org.offerstorm.spouts;

import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Asks Kafka what a topic is, and what groups have committed; does not wait for the answers. */
public interface TopicLookup extends AutoCloseable {
    KafkaFuture<TopicDescription> describe(String topic);

    /** Committed offsets of a group, of all topics. */
    KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> committed(String group);

    /** Does not wait. */
    @Override
    void close();
}
