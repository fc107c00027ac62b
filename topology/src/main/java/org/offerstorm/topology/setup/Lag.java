package org.offerstorm.topology.setup;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.offerstorm.core.config.SourceConfig;

/**
 * How far the stream is behind the log. Floors are committed once a second, so 0 means that everything produced until a
 * second ago, at least, is durable in all sinks or in the dead letters. Used by one thread.
 */
public final class Lag implements AutoCloseable {
    private static final ListOffsetsOptions COMMITTED = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);

    private final SourceConfig source;
    private final KafkaAdmin admin;

    /**
     * Connects at the first call.
     *
     * @throws IOException if the address or a property is wrong
     */
    public Lag(SourceConfig source) throws IOException {
        this.source = source;
        admin = new KafkaAdmin(source.bootstrapServers(), source.properties());
    }

    /**
     * Offsets between the group's committed floors and the ends of the log (of its committed records), over all
     * partitions. A partition without a commit counts whole.
     *
     * @throws IOException if Kafka does not answer within some seconds, or there is no such topic
     */
    public long offsets() throws IOException {
        return byPartition().values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * As {@link #offsets()}, of each partition, in order; those with nothing to do have 0.
     *
     * @throws IOException if Kafka does not answer within some seconds, or there is no such topic
     */
    public SortedMap<Integer, Long> byPartition() throws IOException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (TopicPartitionInfo partition : partitions()) {
            latest.put(at(partition.partition()), OffsetSpec.latest());
        }
        Map<Integer, Long> ends = new HashMap<>();
        admin.get(admin.client().listOffsets(latest, COMMITTED).all())
                .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
        return behind(ends);
    }

    /**
     * Offsets between the group's committed floors and {@code ends}, of each partition in order; those that are there
     * already have 0.
     *
     * @param ends offsets of the log, by partition
     * @throws IOException if Kafka does not answer within some seconds
     */
    public SortedMap<Integer, Long> behind(Map<Integer, Long> ends) throws IOException {
        Map<TopicPartition, OffsetSpec> starts = new HashMap<>();
        ends.keySet().forEach(partition -> starts.put(at(partition), OffsetSpec.earliest()));
        Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> begin =
                admin.get(admin.client().listOffsets(starts).all());
        Map<TopicPartition, OffsetAndMetadata> floors = floors();
        SortedMap<Integer, Long> behind = new TreeMap<>();
        ends.forEach((partition, end) -> {
            OffsetAndMetadata floor = floors.get(at(partition));
            long from = floor == null ? begin.get(at(partition)).offset() : floor.offset();
            behind.put(partition, Math.max(0, end - from));
        });
        return behind;
    }

    private TopicPartition at(int partition) {
        return new TopicPartition(source.topic(), partition);
    }

    @Override
    public void close() {
        admin.close();
    }

    private Iterable<TopicPartitionInfo> partitions() throws IOException {
        try {
            return admin.get(admin.client()
                            .describeTopics(List.of(source.topic()))
                            .topicNameValues()
                            .get(source.topic()))
                    .partitions();
        } catch (UnknownTopicOrPartitionException e) {
            throw new IOException(
                    "topic " + source.topic() + " does not exist at " + source.bootstrapServers()
                            + "; create it (setup does)",
                    e);
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> floors() throws IOException {
        try {
            return admin.get(
                    admin.client().listConsumerGroupOffsets(source.group()).partitionsToOffsetAndMetadata());
        } catch (GroupIdNotFoundException e) {
            return Map.of();
        }
    }
}
