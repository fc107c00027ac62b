package org.offerstorm.lake.restore;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.lake.batch.CommittedFloors;
import org.offerstorm.lake.batch.OffsetVector;

/** How far each group has read the topic, by what it has committed. */
final class GroupCommits {
    private final Admin admin;
    private final SourceConfig source;

    GroupCommits(Admin admin, SourceConfig source) {
        this.admin = admin;
        this.source = source;
    }

    /**
     * By group; groups that have committed nothing of the topic are left out, except the stream's own. Of that one only commits
     * of this epoch count, and only those that say that HDFS has everything below them.
     *
     * @param ignored groups that are not asked
     */
    SortedMap<String, OffsetVector> read(int epoch, Set<String> ignored) throws IOException {
        Map<String, ListConsumerGroupOffsetsSpec> consumers = new HashMap<>();
        Map<String, ListShareGroupOffsetsSpec> shares = new HashMap<>();
        for (GroupListing group : KafkaAnswers.get(source, admin.listGroups().all())) {
            if (ignored.contains(group.groupId())) {
                continue;
            }
            if (group.type().orElse(GroupType.UNKNOWN) == GroupType.SHARE) {
                shares.put(group.groupId(), new ListShareGroupOffsetsSpec());
            } else {
                consumers.put(group.groupId(), new ListConsumerGroupOffsetsSpec());
            }
        }
        consumers.put(source.group(), new ListConsumerGroupOffsetsSpec());
        SortedMap<String, OffsetVector> read = new TreeMap<>();
        Map<String, Map<TopicPartition, OffsetAndMetadata>> commits = KafkaAnswers.get(
                source, admin.listConsumerGroupOffsets(consumers).all());
        commits.forEach((group, offsets) -> add(read, group, epoch, offsets, OffsetAndMetadata::offset));
        if (!shares.isEmpty()) {
            KafkaAnswers.get(source, admin.listShareGroupOffsets(shares).all())
                    .forEach((group, offsets) ->
                            add(read, group, epoch, offsets, SharePartitionOffsetInfo::startOffset));
        }
        read.put(source.group(), CommittedFloors.floors(source.topic(), epoch, commits.get(source.group())));
        return read;
    }

    private <T> void add(
            SortedMap<String, OffsetVector> read,
            String group,
            int epoch,
            Map<TopicPartition, T> offsets,
            ToLongFunction<T> offset) {
        SortedMap<Integer, Long> next = new TreeMap<>();
        offsets.forEach((partition, commit) -> {
            if (commit != null && partition.topic().equals(source.topic())) {
                next.put(partition.partition(), offset.applyAsLong(commit));
            }
        });
        if (!next.isEmpty()) {
            read.put(group, new OffsetVector(epoch, next));
        }
    }
}
