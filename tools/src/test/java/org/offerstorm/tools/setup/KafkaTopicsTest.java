package org.offerstorm.tools.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.sink.StoreStatistics;
import org.offerstorm.local.servers.testing.KafkaFixture;

class KafkaTopicsTest {
    @TempDir
    static Path directory;

    private static KafkaFixture kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = new KafkaFixture(directory);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void a_second_setup_finds_all_as_it_must_be() throws Exception {
        try (KafkaTopics topics = new KafkaTopics(kafka.servers(), Map.of())) {
            assertThat(topics.offers("offers", 4).created()).isTrue();
            assertThat(topics.deadLetters("offers.dlq", "offers").created()).isTrue();

            assertThat(topics.offers("offers", 4)).isEqualTo(new KafkaTopics.Outcome("offers", false, 4, List.of()));
            assertThat(topics.deadLetters("offers.dlq", "offers").describe())
                    .isEqualTo("topic offers.dlq is as it must be");
        }
        assertThat(setting("offers", "retention.ms")).isEqualTo("-1");
        assertThat(setting("offers", "message.timestamp.type")).isEqualTo("LogAppendTime");
        assertThat(setting("offers.dlq", "cleanup.policy")).isEqualTo("compact");
        assertThat(setting("offers.dlq", "max.message.bytes")).isEqualTo(Integer.toString(1_048_588 + 65_536));
    }

    @Test
    void what_differs_is_reported_with_the_command_that_fixes_it() throws Exception {
        try (KafkaTopics topics = new KafkaTopics(kafka.servers(), Map.of())) {
            topics.offers("changed", 4);
            kafka.alter("changed", Map.of("retention.ms", "1000", "message.timestamp.type", "CreateTime"));

            KafkaTopics.Outcome outcome = topics.offers("changed", 6);

            assertThat(outcome.created()).isFalse();
            assertThat(outcome.differences())
                    .extracting(KafkaTopics.Difference::setting)
                    .containsExactly("number of partitions", "retention.ms", "message.timestamp.type");
            assertThat(outcome.describe())
                    .contains("retention.ms is 1000, must be -1")
                    .contains("kafka-configs.sh --bootstrap-server " + kafka.servers()
                            + " --alter --entity-type topics --entity-name changed --add-config retention.ms=-1")
                    .contains("never add partitions");
        }
        assertThat(setting("changed", "retention.ms")).isEqualTo("1000");
    }

    @Test
    void dead_letters_grow_with_the_largest_record_of_the_offers() throws Exception {
        try (KafkaTopics topics = new KafkaTopics(kafka.servers(), Map.of())) {
            topics.offers("big", 1);
            topics.deadLetters("big.dlq", "big");
            kafka.alter("big", Map.of("max.message.bytes", "5000000"));

            assertThat(topics.deadLetters("big.dlq", "big").differences())
                    .singleElement()
                    .satisfies(difference -> assertThat(difference.mustBe()).isEqualTo("at least 5065536"));
        }
    }

    @Test
    void sizes_are_those_of_the_log() throws Exception {
        kafka.create("sized", 3);
        kafka.produce(new SourceConfig(kafka.servers(), "sized", "group", 1, Map.of()), 3, 0, 33);
        Map<String, TopicSizes.Topic> topics = new LinkedHashMap<>();
        topics.put("sized", new TopicSizes.Topic("offers", "Offers"));
        topics.put("nobody-made-it", new TopicSizes.Topic("dead_letters", "Dead letters"));
        try (TopicSizes sizes = new TopicSizes(kafka.servers(), Map.of(), topics)) {
            Map<String, Long> values = sizes.read().figures().stream()
                    .collect(Collectors.toMap(StoreStatistics.Figure::name, StoreStatistics.Figure::value));
            assertThat(values)
                    .containsEntry("offers_records", 33L)
                    .containsEntry("dead_letters_records", 0L)
                    .containsEntry("dead_letters_bytes", 0L)
                    .containsEntry("disk_bytes", values.get("offers_bytes"));
            assertThat(values.get("offers_bytes")).isBetween(33L * 10, 100_000L);
        }
    }

    @Test
    void sizes_of_a_kafka_that_is_not_there_say_so_without_a_client() {
        try (TopicSizes sizes = new TopicSizes("127.0.0.1:1", Map.of(), Map.of())) {
            assertThatThrownBy(sizes::read)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:1")
                    .hasMessageContaining("nothing listens");
        }
    }

    @Test
    void an_unreachable_kafka_is_reported_within_seconds() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            String servers = "127.0.0.1:" + silent.getLocalPort();
            try (KafkaTopics topics = new KafkaTopics(servers, Map.of())) {
                assertThatThrownBy(() -> topics.offers("offers", 1))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("Kafka at " + servers + " did not answer");
            }
        }
        assertThatThrownBy(() -> new KafkaTopics("no-port", Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-port");
    }

    @Test
    void the_lag_is_what_the_group_has_not_committed() throws Exception {
        SourceConfig source = kafka.newTopic(2);
        try (Lag lag = new Lag(source)) {
            assertThat(lag.offsets()).isZero();
            kafka.produce(source, 2, 0, 10);
            assertThat(lag.offsets()).isEqualTo(10);
            kafka.resetOffset(source, 0, 2);
            assertThat(lag.offsets()).isEqualTo(8);
            kafka.resetOffset(source, 0, 5);
            kafka.resetOffset(source, 1, 5);
            assertThat(lag.offsets()).isZero();
        }
        try (Lag lag = new Lag(new SourceConfig(kafka.servers(), "nowhere", "g", 1, Map.of()))) {
            assertThatThrownBy(lag::offsets).isInstanceOf(IOException.class).hasMessageContaining("nowhere");
        }
    }

    private static String setting(String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return kafka.admin()
                .describeConfigs(List.of(resource))
                .values()
                .get(resource)
                .get()
                .get(name)
                .value();
    }
}
