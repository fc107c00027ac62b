package org.offerstorm.tools.setup;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.offerstorm.core.check.Listening;
import org.offerstorm.core.sink.StatisticsReader;
import org.offerstorm.core.sink.StoreStatistics;
import org.offerstorm.core.sink.StoreStatistics.Figure;

/** Records and bytes of topics. A topic that does not exist has none. Used by one thread. */
public final class TopicSizes implements StatisticsReader {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String bootstrapServers;
    private final Map<String, String> properties;
    private final Map<String, Topic> topics;
    private KafkaAdmin admin;

    /**
     * A topic and what it is for.
     *
     * @param name how figures of it begin, {@code offers}
     * @param title for people
     */
    public record Topic(String name, String title) {}

    /**
     * Does not connect.
     *
     * @param properties those of a Kafka client; secrets are resolved at each connection
     * @param topics by their names in Kafka
     */
    public TopicSizes(String bootstrapServers, Map<String, String> properties, Map<String, Topic> topics) {
        this.bootstrapServers = bootstrapServers;
        this.properties = Map.copyOf(properties);
        this.topics = new LinkedHashMap<>(topics);
    }

    @Override
    public StoreStatistics read() throws IOException {
        try {
            if (admin == null) {
                admin = connect();
            }
            return ask();
        } catch (IOException e) {
            close();
            throw e;
        } catch (RuntimeException e) { // what a broker refused, or a property that is none
            close();
            throw new IOException("Kafka at " + bootstrapServers + ": " + e.getMessage(), e);
        }
    }

    /** The client would look for a server that is not there forever, with a line in the log each second. */
    private KafkaAdmin connect() throws IOException {
        if (!Listening.any(bootstrapServers)) {
            throw new IOException(
                    "nothing listens at " + bootstrapServers + "; start Kafka, or correct source.bootstrap-servers");
        }
        return new KafkaAdmin(bootstrapServers, properties, PATIENCE);
    }

    private static final class Size {
        private long records;
        /** Of the largest copy of each partition. */
        private final Map<Integer, Long> bytes = new HashMap<>();

        private long onDisks;
    }

    private StoreStatistics ask() throws IOException {
        Map<String, Size> sizes = new LinkedHashMap<>();
        topics.keySet().forEach(topic -> sizes.put(topic, new Size()));
        List<TopicPartition> partitions = partitions();
        records(partitions, sizes);
        List<String> missing = new ArrayList<>();
        boolean hasBytes = bytes(Set.copyOf(partitions), sizes, missing);
        List<Figure> figures = new ArrayList<>();
        if (hasBytes) {
            figures.add(Figure.bytes(
                    "disk_bytes",
                    "All topics, with all copies",
                    sizes.values().stream().mapToLong(size -> size.onDisks).sum()));
        }
        sizes.forEach((name, size) -> {
            Topic topic = topics.get(name);
            if (hasBytes) {
                figures.add(Figure.bytes(
                        topic.name() + "_bytes",
                        topic.title(),
                        size.bytes.values().stream().mapToLong(Long::longValue).sum()));
            }
            figures.add(Figure.number(topic.name() + "_records", topic.title() + ", records", size.records));
        });
        return new StoreStatistics(figures, List.of(), missing);
    }

    private List<TopicPartition> partitions() throws IOException {
        List<TopicPartition> partitions = new ArrayList<>();
        Map<String, org.apache.kafka.common.KafkaFuture<TopicDescription>> answers =
                admin.client().describeTopics(topics.keySet()).topicNameValues();
        for (String topic : topics.keySet()) {
            try {
                admin.get(answers.get(topic))
                        .partitions()
                        .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
            } catch (UnknownTopicOrPartitionException e) {
                // nothing was written to it yet
            }
        }
        return partitions;
    }

    /** Offsets between the ends of the log: of a compacted topic, more than there are records. */
    private void records(List<TopicPartition> partitions, Map<String, Size> sizes) throws IOException {
        Map<TopicPartition, OffsetSpec> starts = new HashMap<>();
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (TopicPartition partition : partitions) {
            starts.put(partition, OffsetSpec.earliest());
            ends.put(partition, OffsetSpec.latest());
        }
        Map<TopicPartition, ListOffsetsResultInfo> first =
                admin.get(admin.client().listOffsets(starts).all());
        admin.get(admin.client().listOffsets(ends).all())
                .forEach((at, end) -> sizes.get(at.topic()).records +=
                        Math.max(0, end.offset() - first.get(at).offset()));
    }

    /** Whether they may be known. */
    private boolean bytes(Set<TopicPartition> partitions, Map<String, Size> sizes, List<String> missing)
            throws IOException {
        try {
            Set<Integer> brokers = admin.get(admin.client().describeCluster().nodes()).stream()
                    .map(node -> node.id())
                    .collect(Collectors.toSet());
            Map<Integer, Map<String, LogDirDescription>> directories =
                    admin.get(admin.client().describeLogDirs(brokers).allDescriptions());
            for (Map<String, LogDirDescription> broker : directories.values()) {
                for (LogDirDescription directory : broker.values()) {
                    directory.replicaInfos().forEach((at, replica) -> {
                        if (partitions.contains(at) && !replica.isFuture()) {
                            Size size = sizes.get(at.topic());
                            size.bytes.merge(at.partition(), replica.size(), Math::max);
                            size.onDisks += replica.size();
                        }
                    });
                }
            }
            return true;
        } catch (ClusterAuthorizationException e) {
            missing.add("the user of source.properties may not see the brokers' directories; permit DESCRIBE on the"
                    + " cluster to see bytes");
            return false;
        } catch (KafkaException e) {
            throw new IOException(
                    "Kafka at " + bootstrapServers + " does not tell its directories: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isCheap() {
        return true;
    }

    @Override
    public void close() {
        KafkaAdmin old = admin;
        admin = null;
        if (old != null) {
            old.close();
        }
    }
}
