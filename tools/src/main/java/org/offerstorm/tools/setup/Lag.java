package org.offerstorm.tools.setup;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        this(source, KafkaAdmin.PATIENCE);
    }

    /**
     * As {@link #Lag(SourceConfig)}.
     *
     * @param patience of each request while Kafka listens
     */
    public Lag(SourceConfig source, Duration patience) throws IOException {
        this.source = source;
        admin = new KafkaAdmin(source.bootstrapServers(), source.properties(), patience);
    }

    /**
     * How far one partition is.
     *
     * @param floor the committed floor; nothing was committed: where the log starts
     * @param end of the log's committed records
     * @param committed whether there is a commit
     */
    public record Partition(int partition, long floor, long end, boolean committed) {
        /** Offsets that are not known to be durable. */
        public long behind() {
            return Math.max(0, end - floor);
        }
    }

    /**
     * Offsets between the group's committed floors and the ends of the log (of its committed records), over all
     * partitions. A partition without a commit counts whole.
     *
     * @throws IOException if Kafka does not answer within some seconds, or there is no such topic
     */
    public long offsets() throws IOException {
        return partitions().stream().mapToLong(Partition::behind).sum();
    }

    /**
     * Each partition of the topic, in their order.
     *
     * @throws IOException if Kafka does not answer within some seconds, or there is no such topic
     */
    public List<Partition> partitions() throws IOException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        Map<TopicPartition, OffsetSpec> starts = new HashMap<>();
        for (TopicPartitionInfo partition : describe()) {
            TopicPartition at = new TopicPartition(source.topic(), partition.partition());
            ends.put(at, OffsetSpec.latest());
            starts.put(at, OffsetSpec.earliest());
        }
        Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> begin =
                admin.get(admin.client().listOffsets(starts).all());
        Map<TopicPartition, OffsetAndMetadata> floors = floors();
        List<Partition> partitions = new ArrayList<>();
        admin.get(admin.client().listOffsets(ends, COMMITTED).all()).forEach((at, end) -> {
            OffsetAndMetadata floor = floors.get(at);
            partitions.add(new Partition(
                    at.partition(),
                    floor == null ? begin.get(at).offset() : floor.offset(),
                    end.offset(),
                    floor != null));
        });
        partitions.sort(Comparator.comparingInt(Partition::partition));
        return partitions;
    }

    @Override
    public void close() {
        admin.close();
    }

    private List<TopicPartitionInfo> describe() throws IOException {
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
