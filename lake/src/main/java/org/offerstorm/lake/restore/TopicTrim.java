package org.offerstorm.lake.restore;

import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.lake.batch.OffsetVector;
import org.offerstorm.sinks.hdfs.StagedLog;

/** Deletes the topic's records that the lake holds, verified, and that every sink and every other reader has committed. */
public final class TopicTrim implements AutoCloseable {
    private final SourceConfig source;
    private final Admin admin;

    /** @throws IOException if a property of the client is wrong */
    public TopicTrim(SourceConfig source) throws IOException {
        this.source = source;
        try {
            Map<String, Object> settings = new HashMap<>(Secrets.resolve(source.properties()));
            settings.keySet().retainAll(AdminClientConfig.configNames());
            settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, source.bootstrapServers());
            settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, KafkaAnswers.PATIENCE_SECONDS * 500);
            settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, KafkaAnswers.PATIENCE_SECONDS * 1000);
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
     * What a trim does.
     *
     * @param cuts by partition; only where something is to be deleted
     * @param kept by consumer group: how many offsets that are verified and old stay, because this group, of all of them the
     *     furthest behind, has not committed them
     */
    public record Plan(SortedMap<Integer, Cut> cuts, SortedMap<String, Long> kept) {}

    /**
     * What may be deleted: below the verified offsets and those that every consumer group of the topic has committed, and older
     * than {@code before}. A group that has committed some partition has read nothing of one that it has not.
     *
     * @param stream whose offsets these are; the topic must be the same one still
     * @param ignored consumer groups that do not count; the stream's own one always does
     * @throws IOException if Kafka cannot be asked, or the topic is another one
     */
    public Plan plan(StagedLog.Stream stream, OffsetVector verified, Instant before, Set<String> ignored)
            throws IOException {
        TopicDescription topic = KafkaAnswers.get(
                        source, admin.describeTopics(List.of(source.topic())).allTopicNames())
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
                KafkaAnswers.get(source, admin.listOffsets(begins).all());
        Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> moment =
                KafkaAnswers.get(source, admin.listOffsets(moments).all());
        Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> end =
                KafkaAnswers.get(source, admin.listOffsets(ends).all());
        SortedMap<String, OffsetVector> groups = new GroupCommits(admin, source).read(stream.epoch(), ignored);
        SortedMap<Integer, Cut> cuts = new TreeMap<>();
        SortedMap<String, Long> kept = new TreeMap<>();
        begin.forEach((partition, first) -> {
            int number = partition.partition();
            long newer = moment.get(partition).offset(); // -1: no record is as young
            long old = newer < 0 ? end.get(partition).offset() : newer;
            long limit = Math.min(old, next(verified, number));
            String last = groups.keySet().stream()
                    .min(Comparator.comparingLong(group -> next(groups.get(group), number)))
                    .orElseThrow();
            long to = Math.max(first.offset(), Math.min(limit, next(groups.get(last), number)));
            if (limit > to) {
                kept.merge(last, limit - to, Long::sum);
            }
            if (to > first.offset()) {
                cuts.put(number, new Cut(first.offset(), to));
            }
        });
        return new Plan(cuts, kept);
    }

    private static long next(OffsetVector offsets, int partition) {
        return offsets.next().getOrDefault(partition, 0L);
    }

    /** Deletes what was planned. */
    public void delete(SortedMap<Integer, Cut> cuts) throws IOException {
        Map<TopicPartition, RecordsToDelete> records = new HashMap<>();
        cuts.forEach((partition, cut) ->
                records.put(new TopicPartition(source.topic(), partition), RecordsToDelete.beforeOffset(cut.to())));
        KafkaAnswers.get(source, admin.deleteRecords(records).all());
    }

    @Override
    public void close() {
        admin.close();
    }
}
