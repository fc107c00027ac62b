package org.offerstorm.spouts;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Asks Kafka what a topic is, how far its log goes, and what groups have committed; does not wait for the answers. */
public interface TopicLookup extends AutoCloseable {
    KafkaFuture<TopicDescription> describe(String topic);

    /** Next offset of committed records, of each partition. */
    KafkaFuture<Map<TopicPartition, Long>> ends(Collection<TopicPartition> partitions);

    /** Committed offsets of a group, of all topics. */
    KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> committed(String group);

    /** Does not wait. */
    @Override
    void close();
}
