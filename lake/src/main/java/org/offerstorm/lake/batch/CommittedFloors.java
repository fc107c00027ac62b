package org.offerstorm.lake.batch;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.model.CommitMetadata;
import org.offerstorm.core.secret.Secrets;

/**
 * Raises a cut to the offsets that the stream has committed: what is committed is durable in all sinks. The headers of the
 * staged files say the same some minutes later.
 */
public final class CommittedFloors implements UnaryOperator<OffsetVector> {
    private static final String SINK = "hdfs";
    private static final int PATIENCE_SECONDS = 5;

    private final SourceConfig source;
    private final Consumer<String> notes;

    /** @param notes learns why Kafka could not be asked */
    public CommittedFloors(SourceConfig source, Consumer<String> notes) {
        this.source = source;
        this.notes = notes;
    }

    @Override
    public OffsetVector apply(OffsetVector cut) {
        Map<String, Object> settings = new HashMap<>();
        try {
            settings.putAll(Secrets.resolve(source.properties()));
            settings.keySet().retainAll(AdminClientConfig.configNames());
            settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, source.bootstrapServers());
            settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1000);
            settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1000);
            settings.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
            try (Admin admin = Admin.create(settings)) {
                return cut.union(floors(
                        source.topic(),
                        cut.epoch(),
                        admin.listConsumerGroupOffsets(source.group())
                                .partitionsToOffsetAndMetadata()
                                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)));
            }
        } catch (KafkaException | IllegalArgumentException | ExecutionException | TimeoutException e) {
            notes.accept("Kafka at " + source.bootstrapServers()
                    + " does not say what is committed; the headers of the staged files say it some minutes later");
            return cut;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return cut;
        }
    }

    /** What the commits of a group say of one topic. Of other topics, epochs and sinks nothing counts. */
    public static OffsetVector floors(String topic, int epoch, Map<TopicPartition, OffsetAndMetadata> commits) {
        SortedMap<Integer, Long> floors = new TreeMap<>();
        commits.forEach((partition, commit) -> {
            if (commit != null && partition.topic().equals(topic)) {
                CommitMetadata.parse(commit.metadata())
                        .filter(metadata ->
                                metadata.epoch() == epoch && metadata.sinks().contains(SINK))
                        .ifPresent(metadata -> floors.put(partition.partition(), commit.offset()));
            }
        });
        return new OffsetVector(epoch, floors);
    }
}
