package org.offerstorm.tools.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.local.servers.testing.KafkaFixture;
import org.offerstorm.tools.cli.ProduceCommand;
import org.offerstorm.tools.cli.RootCommand;

/** {@code produce} of files in other forms, against a real broker: what is in the topic then. */
class MappedProduceTest {
    private static final Path FILES = Path.of(System.getProperty("offerstorm.root"), "test-data", "mappings");

    @TempDir
    static Path directory;

    private static KafkaFixture kafka;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private SourceConfig topic;

    @BeforeAll
    static void startKafka() throws Exception {
        kafka = new KafkaFixture(directory);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void newTopic() throws Exception {
        topic = kafka.newTopic(1);
    }

    @Test
    void rows_go_to_the_topic_as_json_with_the_id_of_the_mapping_as_key() {
        assertThat(produce(file("gzip/input.csv.gz"), "--mapping", file("gzip/mapping.yaml")))
                .isZero();

        assertThat(topicHolds())
                .containsExactly(
                        "G1 {\"uid\":\"G1\",\"title\":\"Diver\",\"place\":\"Oslo\"}",
                        "G2 {\"uid\":\"G2\",\"title\":\"Welder\",\"place\":\"Tromsø\"}",
                        "G2 {\"uid\":\"G2\",\"title\":\"Welder (corrected)\",\"place\":\"Tromsø\"}");
        assertThat(out.toString())
                .startsWith("sent 3 records to " + topic.topic())
                .contains("skipped 0");
    }

    @Test
    void the_mapping_of_the_configuration_counts_and_the_option_wins() {
        assertThat(produce(file("json-array/input.json"), "-c", "source.mapping=" + file("json-array/mapping.yaml")))
                .isEqualTo(1);
        assertThat(topicHolds())
                .startsWith("1 {\"id\": 1, \"titel\": \"Fahrer\", \"lat\": 52.52, \"lng\": 13.405}")
                .hasSize(3);

        assertThat(produce(
                        file("epoch-millis/input.ndjson"),
                        "-c",
                        "source.mapping=/no/such/file.yaml",
                        "--mapping",
                        file("epoch-millis/mapping.yaml")))
                .isZero();
        assertThat(topicHolds()).hasSize(7).last().isEqualTo("M4 {\"id\":\"M4\",\"name\":\"Clerk\",\"t\":true}");
    }

    @Test
    void the_usual_names_need_no_mapping_file() throws IOException {
        assertThat(produce(file("schema-org/input.json"), "--mapping", "common"))
                .isEqualTo(1);

        List<String> records = topicHolds();
        assertThat(records)
                .extracting(record -> record.substring(0, record.indexOf(' ')))
                .containsExactly("kb-17", "kb-18", "19");
        assertThat(Files.readString(Path.of(file("schema-org/input.json"))))
                .contains(records.get(0).substring(6));
        assertThat(err.toString()).contains("skipped: no id: missing_field");
    }

    @Test
    void what_cannot_become_a_record_is_reported_with_its_line_and_the_rest_is_sent() {
        assertThat(produce(file("zstandard/input.ndjson.zst"), "--mapping", file("zstandard/mapping.yaml")))
                .isEqualTo(1);

        assertThat(topicHolds()).extracting(record -> record.substring(0, 2)).containsExactly("Z1", "Z2", "Z5");
        assertThat(err.toString())
                .contains(
                        "input.ndjson.zst:4: skipped: no id: missing_field",
                        "input.ndjson.zst:5: skipped: no id: bad_json");
    }

    @Test
    void strict_sends_nothing_of_a_file_with_such_a_place() {
        assertThat(produce(file("zstandard/input.ndjson.zst"), "--mapping", file("zstandard/mapping.yaml"), "--strict"))
                .isEqualTo(1);

        assertThat(topicHolds()).isEmpty();
        assertThat(err.toString()).contains("sent nothing: 2 lines");
    }

    @Test
    void standard_input_is_read_by_a_mapping_too() throws IOException {
        InputStream original = System.in;
        try (InputStream in = Files.newInputStream(Path.of(file("utf-16/input.txt")))) {
            System.setIn(in);
            assertThat(produce("-", "--mapping", file("utf-16/mapping.yaml"))).isZero();
        } finally {
            System.setIn(original);
        }
        assertThat(topicHolds())
                .hasSize(3)
                .element(1)
                .isEqualTo("U2 {\"ID\":\"U2\",\"Заголовок\":\"看護師 🌙\",\"Город\":\"東京\"}");
    }

    @Test
    void a_record_that_the_mapping_calls_a_deletion_is_sent_as_it_is() {
        assertThat(produce(file("deletions/input.ndjson"), "--mapping", file("deletions/mapping.yaml")))
                .isEqualTo(1);

        assertThat(topicHolds()).contains("S2 {\"id\":\"S2\",\"status\":\"expired\"}");
        assertThat(out.toString()).contains("0 of them deletions");
    }

    @Test
    void a_mapping_that_is_wrong_is_bad_usage() throws IOException {
        Path mapping = Files.writeString(directory.resolve("wrong.yaml"), "offer:\n  id: id\n  nmae: titel\n");
        assertThat(produce(file("json-array/input.json"), "--mapping", mapping.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("nmae", "name");
        assertThat(produce(file("json-array/input.json"), "--mapping", "/no/such/file.yaml"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("/no/such/file.yaml");
        assertThat(topicHolds()).isEmpty();
    }

    @Test
    void without_a_mapping_files_of_other_forms_are_refused_with_a_hint() {
        for (String name : List.of("json-array/input.json", "gzip/input.csv.gz", "nested-lines/input.ndjson")) {
            assertThat(produce(file(name))).isEqualTo(1);
            assertThat(err.toString())
                    .contains("'./offerstorm inspect " + file(name) + "' proposes a mapping (--mapping)");
        }
        assertThat(topicHolds()).isEmpty();
    }

    private int produce(String file, String... options) {
        List<String> words =
                new ArrayList<>(List.of("produce", file, "-b", topic.bootstrapServers(), "-t", topic.topic()));
        words.addAll(List.of(options));
        return RootCommand.of(List.of(ProduceCommand.class))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(String[]::new));
    }

    private static String file(String name) {
        return FILES.resolve(name).toString();
    }

    /** Each {@code key value}, in the order of the only partition. */
    private List<String> topicHolds() {
        List<String> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.servers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic.topic(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    records.add(new String(record.key(), UTF_8) + " " + new String(record.value(), UTF_8));
                }
            }
        }
        return records;
    }
}
