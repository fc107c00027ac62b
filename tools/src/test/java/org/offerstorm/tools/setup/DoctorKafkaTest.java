package org.offerstorm.tools.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.check.Finding.Level;
import org.offerstorm.local.servers.EmbeddedKafka;
import org.offerstorm.local.servers.EmbeddedRedis;
import org.offerstorm.tools.config.ConfigLoader;

/** Topics and commits in every wrong state. */
class DoctorKafkaTest {
    @TempDir
    static Path directory;

    private static EmbeddedKafka kafka;
    private static EmbeddedRedis redis;
    private static Admin admin;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        redis = EmbeddedRedis.start(directory.resolve("redis"), 0);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            admin.close();
            redis.close();
        } finally {
            kafka.close();
        }
    }

    @Test
    void a_stopped_kafka_is_reported_with_what_to_do() throws Exception {
        DoctorTest.only(complaints("offers", "source.bootstrap-servers", AllServers.nobody()), Level.FAIL, "kafka")
                .contains("did not answer within 5 s")
                .contains("source.bootstrap-servers");
    }

    @Test
    void a_missing_topic_is_reported() throws Exception {
        DoctorTest.only(complaints("missing"), Level.FAIL, "topic missing")
                .contains("does not exist")
                .contains("offerstorm setup");
        try (KafkaTopics topics = new KafkaTopics(kafka.bootstrapServers(), Map.of())) {
            topics.offers("half", 1);
        }
        DoctorTest.only(complaints("half"), Level.FAIL, "topic half.dlq").contains("does not exist");
    }

    @Test
    void wrong_settings_of_the_topics_are_reported_with_the_command_that_fixes_them() throws Exception {
        make("wrong", 2);
        alter("wrong", Map.of("message.timestamp.type", "CreateTime", "retention.ms", "86400000"));
        alter("wrong.dlq", Map.of("cleanup.policy", "delete"));

        List<Finding> complaints = complaints("wrong");

        assertThat(complaints).extracting(Finding::level).containsExactly(Level.WARN, Level.FAIL, Level.FAIL);
        assertThat(complaints)
                .extracting(Finding::name)
                .containsExactly("topic wrong", "topic wrong", "topic wrong.dlq");
        assertThat(complaints.get(0).message()).startsWith("retention.ms is 86400000, must be -1");
        assertThat(complaints.get(1).message()).startsWith("message.timestamp.type is CreateTime");
        assertThat(complaints.get(1).fix())
                .isEqualTo("kafka-configs.sh --bootstrap-server " + kafka.bootstrapServers()
                        + " --alter --entity-type topics --entity-name wrong --add-config"
                        + " message.timestamp.type=LogAppendTime");
    }

    @Test
    void more_spout_tasks_than_partitions_are_reported() throws Exception {
        make("narrow", 2);
        DoctorTest.only(complaints("narrow", "topology.spout-tasks", "3"), Level.FAIL, "topic narrow")
                .contains("has 2 partitions, too few for 3 spout tasks")
                .contains("topology.spout-tasks");
    }

    @Test
    void commits_that_fit_let_the_stream_go_on() throws Exception {
        make("fits", 1);
        commit("fits", 0, 1, id("fits"));
        assertThat(doctor("fits"))
                .anySatisfy(finding -> assertThat(finding.message()).isEqualTo("goes on at 0@0"));
    }

    @Test
    void a_wrong_epoch_is_reported() throws Exception {
        make("epoch", 1);
        commit("epoch", 0, 2, id("epoch"));
        DoctorTest.only(complaints("epoch"), Level.FAIL, "group of-epoch")
                .contains("source.epoch is 1, but group of-epoch has committed offsets of epoch 2")
                .contains("set source.epoch to 2");
    }

    @Test
    void a_topic_that_was_made_again_is_reported() throws Exception {
        make("again", 1);
        commit("again", 0, 1, "AAAAAAAAAAAAAAAAAAAAAA");
        DoctorTest.only(complaints("again"), Level.FAIL, "group of-again")
                .contains("was recreated")
                .contains("raise source.epoch");
        assertThat(complaints("again", "source.epoch", "2")).isEmpty();
    }

    @Test
    void a_commit_beyond_the_log_is_reported() throws Exception {
        make("lost", 1);
        commit("lost", 5, 1, id("lost"));
        DoctorTest.only(complaints("lost"), Level.FAIL, "group of-lost").contains("Kafka lost records");
    }

    private static List<Finding> complaints(String topic, String... changed) {
        return doctor(topic, changed).stream()
                .filter(finding -> finding.level() != Level.OK)
                .toList();
    }

    private static List<Finding> doctor(String topic, String... changed) {
        Map<String, String> settings = new java.util.HashMap<>(Map.of(
                "source.bootstrap-servers",
                kafka.bootstrapServers(),
                "source.topic",
                topic,
                "source.group",
                "of-" + topic,
                "dead-letters.topic",
                topic + ".dlq",
                "redis.uri",
                redis.uri(),
                "redis.tag",
                topic,
                "sinks",
                "[redis]"));
        for (int i = 0; i < changed.length; i += 2) {
            settings.put(changed[i], changed[i + 1]);
        }
        return Doctor.run(ConfigLoader.load(null, settings));
    }

    private static void make(String topic, int partitions) throws Exception {
        try (KafkaTopics topics = new KafkaTopics(kafka.bootstrapServers(), Map.of())) {
            topics.offers(topic, partitions);
            topics.deadLetters(topic + ".dlq", topic);
        }
    }

    private static String id(String topic) throws Exception {
        return admin.describeTopics(List.of(topic))
                .topicNameValues()
                .get(topic)
                .get()
                .topicId()
                .toString();
    }

    /** As the spout commits. */
    private static void commit(String topic, long offset, int epoch, String topicId) throws Exception {
        String metadata = "offerstorm/1 topic-id=" + topicId + " epoch=" + epoch + " partitions=1 origin=0 sinks=redis";
        admin.alterConsumerGroupOffsets(
                        "of-" + topic, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset, metadata)))
                .all()
                .get();
    }

    private static void alter(String topic, Map<String, String> settings) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        admin.incrementalAlterConfigs(Map.of(
                        resource,
                        settings.entrySet().stream()
                                .map(setting -> new AlterConfigOp(
                                        new ConfigEntry(setting.getKey(), setting.getValue()),
                                        AlterConfigOp.OpType.SET))
                                .toList()))
                .all()
                .get();
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            var now = admin.describeConfigs(List.of(resource))
                    .values()
                    .get(resource)
                    .get();
            return settings.entrySet().stream().allMatch(setting -> setting.getValue()
                    .equals(now.get(setting.getKey()).value()));
        });
    }
}
