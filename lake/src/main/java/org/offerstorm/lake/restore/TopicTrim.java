package org.offerstorm.lake.restore;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.lake.batch.OffsetVector;
import org.offerstorm.sinks.hdfs.StagedLog;

/** Deletes the topic's records that the lake holds, verified, and that every sink has acked. */
public final class TopicTrim implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    private final SourceConfig source;
    private final Admin admin;

    /** @throws IOException if a property of the client is wrong */
    public TopicTrim(SourceConfig source) throws IOException {
        this.source = source;
        try {
            Map<String, Object> settings = new HashMap<>(Secrets.resolve(source.properties()));
            settings.keySet().retainAll(AdminClientConfig.configNames());
            settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, source.bootstrapServers());
            settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 500);
            settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1000);
            settings.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
            this.admin = Admin.create(settings);
        } catch (KafkaException | IllegalArgumentException e) {
            throw new IOException(
                    "cannot make a Kafka client for " + source.bootstrapServers() + ": " + e.getMessage()
                            + "; correct source.bootstrap-servers or source.properties",
                    e);
        }
    }

    /**
     * What a partition loses.
     *
     * @param from where its log begins
     * @param to where it is to begin
     */
    public record Cut(long from, long to) {}

    /**
     * What may be deleted: below the verified and the committed offsets, and older than {@code before}.
     *
     * @param stream whose offsets these are; the topic must be the same one still
     * @throws IOException if Kafka cannot be asked, or the topic is another one
     */
    public SortedMap<Integer, Cut> plan(
            StagedLog.Stream stream, OffsetVector verified, OffsetVector committed, Instant before) throws IOException {
        TopicDescription topic = get(admin.describeTopics(List.of(source.topic()))
                        .allTopicNames())
                .get(source.topic());
        if (!topic.topicId().toString().equals(stream.topicId()) || verified.epoch() != stream.epoch()) {
            throw new IOException("topic " + source.topic() + " at " + source.bootstrapServers() + " has id "
                    + topic.topicId() + "; the lake holds that of id " + stream.topicId() + ", epoch "
                    + verified.epoch() + ". Nothing is deleted");
        }
        Map<TopicPartition, OffsetSpec> begins = new HashMap<>();
        Map<TopicPartition, OffsetSpec> moments = new HashMap<>();
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        topic.partitions().forEach(partition -> {
            TopicPartition each = new TopicPartition(source.topic(), partition.partition());
            begins.put(each, OffsetSpec.earliest());
            moments.put(each, OffsetSpec.forTimestamp(before.toEpochMilli()));
            ends.put(each, OffsetSpec.latest());
        });
        Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> begin =
                get(admin.listOffsets(begins).all());
        Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> moment =
                get(admin.listOffsets(moments).all());
        Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> end =
                get(admin.listOffsets(ends).all());
        SortedMap<Integer, Cut> cuts = new TreeMap<>();
        begin.forEach((partition, first) -> {
            int number = partition.partition();
            long newer = moment.get(partition).offset(); // -1: no record is as young
            long old = newer < 0 ? end.get(partition).offset() : newer;
            long safe = Math.min(
                    verified.next().getOrDefault(number, 0L), committed.next().getOrDefault(number, 0L));
            long to = Math.min(old, safe);
            if (to > first.offset()) {
                cuts.put(number, new Cut(first.offset(), to));
            }
        });
        return cuts;
    }

    /** Deletes what was planned. */
    public void delete(SortedMap<Integer, Cut> cuts) throws IOException {
        Map<TopicPartition, RecordsToDelete> records = new HashMap<>();
        cuts.forEach((partition, cut) ->
                records.put(new TopicPartition(source.topic(), partition), RecordsToDelete.beforeOffset(cut.to())));
        get(admin.deleteRecords(records).all());
    }

    @Override
    public void close() {
        admin.close();
    }

    private <T> T get(KafkaFuture<T> answer) throws IOException {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(
                    "Kafka at " + source.bootstrapServers() + ": "
                            + e.getCause().getMessage(),
                    e);
        } catch (TimeoutException e) {
            throw new IOException("Kafka at " + source.bootstrapServers() + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Kafka was asked", e);
        }
    }
}
