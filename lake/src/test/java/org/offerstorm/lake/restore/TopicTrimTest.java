package org.offerstorm.lake.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.model.CommitMetadata;
import org.offerstorm.core.model.Source;
import org.offerstorm.lake.batch.OffsetVector;
import org.offerstorm.lake.restore.TopicTrim.Cut;
import org.offerstorm.local.servers.EmbeddedKafka;
import org.offerstorm.sinks.hdfs.StagedLog;

/** What a trim leaves in the topic, on a real broker: everything that any group has yet to read. */
class TopicTrimTest {
    private static final int PARTITIONS = 2;
    private static final int RECORDS = 10;
    private static final String OWN = "own";
    private static final String OTHER = "other";

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static Admin admin;

    private final Instant soon = Instant.now().plusSeconds(3600);
    private SourceConfig source;
    private StagedLog.Stream stream;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(directory, 0);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        admin.createTopics(List.of(new NewTopic(OTHER, PARTITIONS, (short) 1)))
                .all()
                .get();
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    /** A topic with records in each partition. */
    @BeforeEach
    void fill(TestInfo test) throws Exception {
        String topic = test.getTestMethod().orElseThrow().getName();
        String id = admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                .topicId(topic)
                .get()
                .toString();
        source = new SourceConfig(kafka.bootstrapServers(), topic, OWN + " " + topic, 1, Map.of());
        stream = new StagedLog.Stream(source.group(), topic, id, 1, PARTITIONS);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < RECORDS * PARTITIONS; i++) {
                producer.send(new ProducerRecord<>(topic, i % PARTITIONS, null, new byte[1]))
                        .get();
            }
        }
    }

    @Test
    void of_all_groups_that_read_the_topic_the_last_one_bounds_it() throws Exception {
        commitOwn(8, 8, "hdfs,redis,solr");
        String second = "second " + source.topic();
        commit(second, source.topic(), 3, 6);
        String third = "third " + source.topic();
        commit(third, source.topic(), 5, 4);
        commit("reads another topic", OTHER, 0, 0);

        TopicTrim.Plan plan = plan(9, 7, soon, Set.of());

        assertThat(plan.cuts()).containsExactly(Map.entry(0, new Cut(0, 3)), Map.entry(1, new Cut(0, 4)));
        assertThat(plan.kept()).containsExactly(Map.entry(second, 6L), Map.entry(third, 3L));

        plan = plan(9, 7, soon, Set.of(third));

        assertThat(plan.cuts()).containsExactly(Map.entry(0, new Cut(0, 3)), Map.entry(1, new Cut(0, 6)));
        assertThat(plan.kept()).containsExactly(Map.entry(second, 7L));

        plan = plan(9, 7, soon, Set.of(second, third));

        assertThat(plan.cuts()).containsExactly(Map.entry(0, new Cut(0, 8)), Map.entry(1, new Cut(0, 7)));
        assertThat(plan.kept()).containsExactly(Map.entry(source.group(), 1L));
    }

    @Test
    void what_was_planned_is_deleted_and_no_more() throws Exception {
        commitOwn(8, 8, "hdfs");
        commit("second " + source.topic(), source.topic(), 3, 6);
        try (TopicTrim trim = new TopicTrim(source)) {
            trim.delete(trim.plan(stream, vector(1, 9, 7), soon, Set.of()).cuts());
        }

        assertThat(begin(0)).isEqualTo(3);
        assertThat(begin(1)).isEqualTo(6);
        assertThat(plan(9, 7, soon, Set.of()).cuts()).as("again").isEmpty();
    }

    @Test
    void a_group_that_has_committed_one_partition_has_read_nothing_of_the_other() throws Exception {
        commitOwn(8, 8, "hdfs");
        String second = "second " + source.topic();
        commit(second, source.topic(), 9);

        TopicTrim.Plan plan = plan(9, 9, soon, Set.of());

        assertThat(plan.cuts()).containsExactly(Map.entry(0, new Cut(0, 8)));
        assertThat(plan.kept()).containsExactly(Map.entry(source.group(), 1L), Map.entry(second, 9L));
    }

    @Test
    void nothing_young_and_nothing_that_is_not_verified_is_deleted() throws Exception {
        commitOwn(RECORDS, RECORDS, "hdfs");

        assertThat(plan(4, 0, soon, Set.of()).cuts()).containsExactly(Map.entry(0, new Cut(0, 4)));
        assertThat(plan(RECORDS, RECORDS, Instant.EPOCH, Set.of()).cuts()).isEmpty();
        assertThat(plan(RECORDS, RECORDS, Instant.EPOCH, Set.of()).kept()).isEmpty();
    }

    @Test
    void commits_of_the_own_group_that_do_not_speak_for_hdfs_count_for_nothing() throws Exception {
        commitOwn(8, 8, "redis");

        TopicTrim.Plan plan = plan(9, 9, soon, Set.of(source.group()));

        assertThat(plan.cuts()).isEmpty();
        assertThat(plan.kept()).containsExactly(Map.entry(source.group(), 18L));
    }

    @Test
    void a_topic_of_another_id_or_epoch_is_left_alone() throws Exception {
        commitOwn(8, 8, "hdfs");
        stream = new StagedLog.Stream(source.group(), source.topic(), "another", 1, PARTITIONS);
        assertThatThrownBy(() -> plan(9, 9, soon, Set.of())).hasMessageEndingWith("Nothing is deleted");
    }

    private TopicTrim.Plan plan(long first, long second, Instant before, Set<String> ignored) throws Exception {
        try (TopicTrim trim = new TopicTrim(source)) {
            return trim.plan(stream, vector(1, first, second), before, ignored);
        }
    }

    private void commitOwn(long first, long second, String sinks) throws Exception {
        Source log = new Source(source.topic(), stream.topicId(), 1, PARTITIONS);
        String metadata = CommitMetadata.of(log, 0, false, false, 1, Set.of(sinks.split(",", -1)))
                .encode();
        admin.alterConsumerGroupOffsets(
                        source.group(),
                        Map.of(
                                new TopicPartition(source.topic(), 0), new OffsetAndMetadata(first, metadata),
                                new TopicPartition(source.topic(), 1), new OffsetAndMetadata(second, metadata)))
                .all()
                .get();
    }

    /** What another program commits, for the first partitions. */
    private static void commit(String group, String topic, long... offsets) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        for (int partition = 0; partition < offsets.length; partition++) {
            commits.put(new TopicPartition(topic, partition), new OffsetAndMetadata(offsets[partition]));
        }
        admin.alterConsumerGroupOffsets(group, commits).all().get();
    }

    private long begin(int partition) throws ExecutionException, InterruptedException {
        TopicPartition asked = new TopicPartition(source.topic(), partition);
        return admin.listOffsets(Map.of(asked, OffsetSpec.earliest()))
                .partitionResult(asked)
                .get()
                .offset();
    }

    private static OffsetVector vector(int epoch, long first, long second) {
        SortedMap<Integer, Long> next = new TreeMap<>(Map.of(0, first, 1, second));
        return new OffsetVector(epoch, next);
    }
}
