package org.offerstorm.lake.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.CommitMetadata;

class CommittedFloorsTest {
    private static final String TOPIC = "offers";
    private static final int EPOCH = 2;

    @Test
    void a_cut_rises_to_the_committed_offset_and_no_further() {
        OffsetVector floors = floors(Map.of(
                new TopicPartition(TOPIC, 0), commit(7, EPOCH, Set.of("redis", "hdfs")),
                new TopicPartition(TOPIC, 3), commit(1, EPOCH, Set.of("hdfs"))));

        assertThat(floors).isEqualTo(OffsetVector.decode("2;0:7;3:1"));
        assertThat(floors.covers(EPOCH, 0, 6)).isTrue();
        assertThat(floors.covers(EPOCH, 0, 7)).as("it was not acked").isFalse();
    }

    @Test
    void what_is_committed_for_something_else_says_nothing() {
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        commits.put(new TopicPartition(TOPIC, 0), commit(7, 1, Set.of("hdfs")));
        commits.put(new TopicPartition(TOPIC, 1), commit(7, EPOCH, Set.of("redis")));
        commits.put(new TopicPartition("others", 2), commit(7, EPOCH, Set.of("hdfs")));
        commits.put(new TopicPartition(TOPIC, 3), new OffsetAndMetadata(7, "another tool's"));
        commits.put(new TopicPartition(TOPIC, 4), null); // Kafka's answer for a partition without a commit

        assertThat(floors(commits)).isEqualTo(OffsetVector.decode("2"));
    }

    private static OffsetVector floors(Map<TopicPartition, OffsetAndMetadata> commits) {
        return CommittedFloors.floors(TOPIC, EPOCH, commits);
    }

    private static OffsetAndMetadata commit(long offset, int epoch, Set<String> sinks) {
        return new OffsetAndMetadata(offset, new CommitMetadata("id", epoch, 5, 0, false, false, 1, sinks).encode());
    }
}
