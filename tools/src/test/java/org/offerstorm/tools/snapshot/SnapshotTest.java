package org.offerstorm.tools.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.reference.ProfessionsReader;
import org.offerstorm.local.servers.testing.KafkaFixture;
import org.offerstorm.tools.cli.ProduceCommand;
import org.offerstorm.tools.cli.value.Converters;
import org.offerstorm.tools.produce.InputFormat;
import org.offerstorm.tools.produce.InputSource;
import org.offerstorm.tools.produce.RecordReader;
import picocli.CommandLine;

/** {@code produce --snapshot} against a real broker. */
class SnapshotTest {
    private static final int PARTITIONS = 3;

    @TempDir
    static Path directory;

    private static KafkaFixture kafka;

    @TempDir
    private Path files;

    private SourceConfig topic;
    private StringWriter out;
    private StringWriter err;

    @BeforeAll
    static void start() throws Exception {
        kafka = new KafkaFixture(directory);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @BeforeEach
    void newTopic() throws Exception {
        topic = kafka.newTopic(PARTITIONS);
    }

    @Test
    void what_is_new_or_changed_is_sent_what_is_gone_is_deleted_and_what_is_equal_is_not_sent() throws Exception {
        assertThat(snapshot(file("a=1", "b=1", "c=1"))).isZero();
        assertThat(out.toString()).contains("3 new, 0 changed, 0 equal, 0 gone", "sent 3 records, deleted 0 offers");

        assertThat(snapshot(file("a=1", "c=2", "d=1"), "--max-deletions=1")).isZero();

        assertThat(out.toString()).contains("1 new, 1 changed, 1 equal, 1 gone", "sent 2 records, deleted 1 offer");
        assertThat(live()).containsExactly(Map.entry("a", "1"), Map.entry("c", "2"), Map.entry("d", "1"));
        assertThat(records()).hasSize(6).allSatisfy(record -> assertThat(
                        new String(record.headers().lastHeader(Snapshot.HEADER).value(), UTF_8))
                .isEqualTo("snapshot"));
    }

    @Test
    void a_second_run_over_the_same_file_sends_nothing() throws Exception {
        Path file = file("a=1", "b=1");
        snapshot(file);
        assertThat(snapshot(file)).isZero();
        assertThat(out.toString()).contains("0 new, 0 changed, 2 equal, 0 gone", "sent 0 records");
        assertThat(records()).hasSize(2);
    }

    @Test
    void csv_rows_are_equal_if_their_json_is() throws Exception {
        String header = "id,profession_id,contract_type,name,office_latitude,office_longitude\n";
        snapshot(Files.writeString(files.resolve("1.csv"), header + "a,1,full_time,Chef,48.8,2.3\n"));
        assertThat(snapshot(Files.writeString(
                        files.resolve("2.csv"),
                        "name,id,profession_id,contract_type,office_latitude,office_longitude\r\n"
                                + "Chef,a,1,full_time,48.8,2.3\r\n")))
                .isZero();
        assertThat(out.toString()).contains("1 changed"); // the columns' order is the JSON's
        assertThat(snapshot(Files.writeString(
                        files.resolve("3.csv"),
                        "name,id,profession_id,contract_type,office_latitude,office_longitude\n"
                                + "\"Chef\",\"a\",1,full_time,48.8,2.3\n")))
                .isZero();
        assertThat(out.toString()).contains("0 changed, 1 equal");
    }

    @Test
    void offers_that_name_no_source_stay_unless_they_are_adopted() throws Exception {
        live("a", "1");
        live("b", "1");
        live("stays", "1");

        assertThat(snapshot(file("a=1"))).isZero();
        assertThat(err.toString())
                .contains(
                        "2 offers in the topic are not of source snapshot and stay; 2 of them name no source: --adopt");
        assertThat(live()).hasSize(3);

        assertThat(snapshot(file("a=1", "b=1"), "--adopt", "--max-deletions=100%"))
                .isZero();
        assertThat(out.toString()).contains("0 equal, 2 adopted, 1 gone", "sent 2 records, deleted 1 offer");
        assertThat(live()).containsOnlyKeys("a", "b");

        // Adopted for good: no --adopt any more.
        assertThat(snapshot(file("a=1"), "--max-deletions=100%")).isZero();
        assertThat(out.toString()).contains("1 equal, 1 gone", "deleted 1 offer");
        assertThat(live()).containsOnlyKeys("a");
    }

    @Test
    void sources_do_not_delete_each_others_offers() throws Exception {
        snapshot(file("a=1", "b=1"), "--source=one");
        snapshot(file("c=1"), "--source=two");
        assertThat(snapshot(file("a=1"), "--source=one", "--max-deletions=50%")).isZero();
        assertThat(live()).containsOnlyKeys("a", "c");
    }

    @Test
    void an_offer_that_a_live_stream_corrected_is_no_longer_the_sources() throws Exception {
        snapshot(file("a=1", "b=1"));
        live("b", "live");
        assertThat(snapshot(file("a=1"), "--max-deletions=100%")).isZero();
        assertThat(live()).containsExactly(Map.entry("a", "1"), Map.entry("b", "live"));
    }

    @Test
    void an_offer_that_is_corrected_after_the_topic_was_read_is_not_deleted() throws Exception {
        snapshot(file("a=1", "b=1", "c=1"));
        Path file = file("c=1");
        SnapshotResult result =
                new Snapshot(settings("snapshot"), new Hooked(file, 2, () -> live("b", "live")), phase -> {}).run();
        assertThat(result.gone()).isEqualTo(2);
        assertThat(result.deleted()).isEqualTo(1);
        assertThat(result.corrected()).isEqualTo(1);
        assertThat(live()).containsExactly(Map.entry("b", "live"), Map.entry("c", "1"));
    }

    @Test
    void more_deletions_than_allowed_are_refused_and_nothing_is_sent() throws Exception {
        snapshot(file("a=1", "b=1", "c=1", "d=1", "e=1"));
        for (String limit : List.of("20%", "1", "39%", "0")) {
            assertThat(snapshot(file("a=1", "b=1", "c=1", "new=1"), "--max-deletions=" + limit))
                    .isEqualTo(1);
            assertThat(err.toString())
                    .contains("2 of the 5 offers of source snapshot would be deleted, more than --max-deletions "
                            + limit);
        }
        assertThat(snapshot(file("a=1", "b=1", "c=1", "new=1"))).isEqualTo(1); // 20% by default
        assertThat(live()).hasSize(5).doesNotContainKey("new");
        assertThat(snapshot(file("a=1", "b=1", "c=1", "new=1"), "--max-deletions=40%"))
                .isZero();
        assertThat(live()).containsOnlyKeys("a", "b", "c", "new");
    }

    @Test
    void with_a_line_that_cannot_be_a_record_nothing_is_deleted() throws Exception {
        snapshot(file("a=1", "b=1"));
        Path file = files.resolve("bad.ndjson");
        Files.writeString(file, "{\"id\":\"new\"}\nnonsense\n");

        assertThat(snapshot(file, "--strict", "--max-deletions=100%")).isEqualTo(1);
        assertThat(err.toString()).contains("bad.ndjson:2: skipped: no id", "nothing was sent: 1 line cannot");
        assertThat(live()).hasSize(2);

        assertThat(snapshot(file, "--max-deletions=100%")).isEqualTo(1);
        assertThat(err.toString()).contains("nothing was deleted: 1 line cannot become records");
        assertThat(live()).containsOnlyKeys("a", "b", "new");
    }

    @Test
    void a_file_that_is_cut_sends_nothing() throws Exception {
        snapshot(file("a=1", "b=1"));
        Path whole = files.resolve("whole.gz");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(whole))) {
            gzip.write("{\"id\":\"new\"}\n".repeat(10_000).getBytes(UTF_8));
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(files.resolve("cut.ndjson.gz"), Arrays.copyOf(bytes, bytes.length - 20));

        assertThat(snapshot(cut, "--max-deletions=100%")).isEqualTo(1);

        assertThat(err.toString()).contains("is cut");
        assertThat(records()).hasSize(2);
    }

    @Test
    void an_empty_file_deletes_nothing() throws Exception {
        snapshot(file("a=1"));
        assertThat(snapshot(file(), "--max-deletions=100%")).isEqualTo(1);
        assertThat(err.toString()).contains("nothing was deleted: the file holds no offer");
        assertThat(live()).hasSize(1);
    }

    @Test
    void an_id_with_two_values_is_refused_and_one_that_is_repeated_is_sent_once() throws Exception {
        assertThat(snapshot(file("a=1", "b=1", "a=2"))).isEqualTo(1);
        assertThat(err.toString()).contains("another value for the same id: line 3, id", "nothing was sent");
        assertThat(records()).isEmpty();

        assertThat(snapshot(file("a=1", "b=1", "a=1"))).isZero();
        assertThat(err.toString()).contains("1 records repeat one before them");
        assertThat(records()).hasSize(2);
    }

    @Test
    void a_dry_run_shows_what_would_be_done_and_sends_nothing() throws Exception {
        snapshot(file("a=1", "b=1", "c=1"));
        assertThat(snapshot(file("a=2", "new=1"), "--dry-run", "--max-deletions=100%"))
                .isZero();
        assertThat(out.toString())
                .contains("1 new, 1 changed, 0 equal, 2 gone", "dry run: sent nothing")
                .containsPattern("new, such as .?new")
                .containsPattern("changed, such as .?a")
                .containsPattern("gone, such as .?[bc].?, .?[bc]");
        assertThat(records()).hasSize(3);
        assertThat(snapshot(file("a=2"), "--dry-run")).isEqualTo(1); // as the run would be
    }

    @Test
    void a_line_that_says_deleted_is_as_good_as_none() throws Exception {
        snapshot(file("a=1", "b=1"));
        Path file = Files.writeString(
                files.resolve("d.ndjson"), "{\"id\":\"a\",\"v\":\"1\"}\n{\"id\":\"b\",\"deleted\":true}\n");
        assertThat(snapshot(file, "--max-deletions=1")).isZero();
        assertThat(live()).containsOnlyKeys("a");
    }

    @Test
    void row_numbers_as_ids_are_reported() throws Exception {
        String header = "profession_id,contract_type,name,office_latitude,office_longitude\n";
        snapshot(Files.writeString(files.resolve("r.csv"), header + "1,f,Chef,1,2\n1,f,Cook,1,2\n"));
        assertThat(err.toString()).contains("the ids are the numbers of the rows");
    }

    @Test
    void a_second_run_of_the_source_ends_the_first_and_the_topic_is_as_the_second_says() throws Exception {
        snapshot(file("a=1", "b=1"));
        Path first = file("a=1", "first=1");
        Path second = file("b=1", "second=1");
        Snapshot run = new Snapshot(
                settings("snapshot"),
                new Hooked(first, 2, () -> assertThat(snapshot(second, "--max-deletions=100%"))
                        .isZero()),
                phase -> {});
        assertThatThrownBy(run::run)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another snapshot of source snapshot has begun");
        assertThat(live()).containsOnlyKeys("b", "second");
    }

    @Test
    void a_file_that_changes_while_it_is_read_deletes_nothing() throws Exception {
        snapshot(file("a=1", "b=1"));
        Path file = file("a=1");
        SnapshotResult result = new Snapshot(
                        settings("snapshot"),
                        new Hooked(file, 2, () -> Files.writeString(file, line("a", "3"))),
                        p -> {})
                .run();
        assertThat(result.refused()).contains("the file changed while it was read");
        assertThat(result.isComplete()).isFalse();
        assertThat(live()).containsOnlyKeys("a", "b");
    }

    /** Neither is the registry asked, nor another run of the source ended. */
    @Test
    void a_file_that_cannot_be_sent_is_refused_before_anything_else() throws Exception {
        live("a", "1");
        Path mapping = Files.writeString(
                files.resolve("avro.yaml"),
                "key: from-field\nvalue: {format: avro, registry: \"http://127.0.0.1:1\"}\noffer: {id: id, name: v}\n");
        Path file = file("b=1");
        Path wrong = Files.write(files.resolve("wrong.ndjson"), new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0});
        Snapshot run = new Snapshot(
                settings("snapshot"),
                new Hooked(file, 2, () -> {
                    assertThat(snapshot(file, "--mapping=" + mapping)).isEqualTo(1);
                    assertThat(err.toString())
                            .contains("would go to the topic as JSON")
                            .doesNotContain("Exception");
                    assertThat(snapshot(wrong)).isEqualTo(1);
                }),
                phase -> {});
        assertThat(run.run().isComplete()).isTrue();
        assertThat(live()).containsOnlyKeys("a", "b");
    }

    /** Offsets then mean other records; what is there now may be of offers that the file has. */
    @Test
    void a_topic_that_is_created_again_during_a_run_loses_no_offer_of_the_file() throws Exception {
        snapshot(file("a=1", "b=1"));
        ConsumerRecord<byte[], byte[]> gone = records().stream()
                .filter(record -> new String(record.key(), UTF_8).equals("b"))
                .findAny()
                .orElseThrow();
        Snapshot run = new Snapshot(
                settings("snapshot"),
                new Hooked(file("a=1"), 2, () -> {
                    kafka.recreate(topic.topic(), PARTITIONS);
                    for (int i = 0; i < 10; i++) {
                        String id = i <= gone.offset() ? "a" : "x";
                        byte[] value = line(id, "1").strip().getBytes(UTF_8);
                        kafka.producer()
                                .send(new ProducerRecord<>(topic.topic(), gone.partition(), id.getBytes(UTF_8), value))
                                .get();
                    }
                }),
                phase -> {});
        assertThat(run.run().refused()).contains("was deleted and created again");
        assertThat(live()).containsOnlyKeys("a", "x");
    }

    @Test
    void a_run_that_is_killed_is_finished_by_the_next_one() throws Exception {
        Path old = files.resolve("old.ndjson");
        Files.write(
                old,
                IntStream.range(0, 6_000)
                        .mapToObj(i -> line("old" + i, "1").strip())
                        .toList());
        snapshot(old);
        Path file = files.resolve("killed.ndjson");
        Files.write(
                file,
                IntStream.range(0, 6_000)
                        .mapToObj(i -> line("new" + i, "1").strip())
                        .toList());

        long before = size();
        for (int more : new int[] {500, 3_000, 7_500, 10_000}) { // in the middle of records, then of deletions
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Forked.class.getName(),
                            topic.bootstrapServers(),
                            topic.topic(),
                            file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(files.resolve("killed.log").toFile())
                    .start();
            while (process.isAlive() && size() < before + more) {
                Thread.sleep(5);
            }
            process.destroyForcibly().waitFor();
        }

        assertThat(snapshot(file, "--max-deletions=100%")).isZero();
        assertThat(live()).hasSize(6_000).allSatisfy((id, value) -> assertThat(id)
                .startsWith("new"));
        // Nothing was sent twice: what was confirmed is equal for the next run.
        assertThat(records()).hasSize(18_000);
        assertThat(snapshot(file)).isZero();
        assertThat(records()).hasSize(18_000);
    }

    /** Runs a snapshot in a process that can be killed. */
    static final class Forked {
        public static void main(String[] arguments) {
            System.exit(Converters.register(new CommandLine(new ProduceCommand()))
                    .execute(
                            "--snapshot",
                            "--max-deletions=100%",
                            "-b",
                            arguments[0],
                            "-t",
                            arguments[1],
                            arguments[2]));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--source=x",
                "--adopt",
                "--max-deletions=5",
                "--dry-run",
                "--snapshot --source=a/b",
                "--snapshot --max-deletions=-1",
                "--snapshot --max-deletions=120%",
                "--snapshot --max-deletions=many"
            })
    void options_that_cannot_be_are_bad_usage(String options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(options.split(" ", -1)));
        arguments.add(file("a=1").toString());
        assertThat(run(arguments.toArray(String[]::new))).isEqualTo(2);
    }

    @Test
    void standard_input_cannot_be_a_snapshot() {
        assertThat(run("--snapshot", "-")).isEqualTo(2);
        assertThat(err.toString()).contains("--snapshot reads its file twice, and standard input gives");
    }

    private SnapshotSettings settings(String source) throws IOException {
        return new SnapshotSettings(
                topic,
                DataSet.of(ProfessionsReader.read(
                        Path.of(System.getProperty("offerstorm.root"), "conf", "professions.csv"))),
                source,
                false,
                DeletionLimit.parse("100%"),
                false,
                false,
                0);
    }

    private Path file(String... offers) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String offer : offers) {
            lines.append(line(offer.split("=", -1)[0], offer.split("=", -1)[1]));
        }
        return Files.writeString(Files.createTempFile(files, "offers", ".ndjson"), lines);
    }

    private static String line(String id, String value) {
        return "{\"id\":\"" + id + "\",\"v\":\"" + value + "\"}\n";
    }

    private int snapshot(Path file, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("--snapshot", "-b", topic.bootstrapServers(), "-t", topic.topic()));
        arguments.addAll(List.of(options));
        arguments.add(file.toString());
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        return Converters.register(new CommandLine(new ProduceCommand()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    /** A record of a live stream. */
    private void live(String id, String value) throws Exception {
        kafka.producer()
                .send(new ProducerRecord<>(
                        topic.topic(),
                        id.getBytes(UTF_8),
                        line(id, value).strip().getBytes(UTF_8)))
                .get();
    }

    /** Live offers: id and value. */
    private Map<String, String> live() {
        Map<String, String> live = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records()) {
            String id = new String(record.key(), UTF_8);
            if (record.value() == null) {
                live.remove(id);
            } else {
                live.put(id, new String(record.value(), UTF_8).replaceAll(".*\"v\":\"|\"}$", ""));
            }
        }
        return live;
    }

    private long size() {
        kafka.settle(topic.topic(), PARTITIONS);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return consumer.endOffsets(partitions()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> records() {
        kafka.settle(topic.topic(), PARTITIONS);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(partitions());
            consumer.seekToBeginning(partitions());
            Map<TopicPartition, Long> ends = settledEnds();
            while (partitions().stream().anyMatch(at -> consumer.position(at) < ends.get(at))) {
                consumer.poll(Duration.ofMillis(20)).forEach(records::add);
            }
        }
        return records;
    }

    /** A commit has its answer before its records can be read: the broker writes the markers of its end afterwards. */
    private Map<TopicPartition, Long> settledEnds() {
        try (KafkaConsumer<byte[], byte[]> committed = consumer();
                KafkaConsumer<byte[], byte[]> all = consumer("read_uncommitted")) {
            return await().atMost(Duration.ofMinutes(1))
                    .until(() -> committed.endOffsets(partitions()), ends -> ends.equals(all.endOffsets(partitions())));
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return consumer("read_committed");
    }

    private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", topic.bootstrapServers(), "isolation.level", isolation),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private List<TopicPartition> partitions() {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic.topic(), partition))
                .toList();
    }

    private interface Action {
        void run() throws Exception;
    }

    /** Does something when the file is opened for the n-th time. */
    private static final class Hooked implements SnapshotFile {
        private final Path file;
        private final int opening;
        private final Action action;
        private int opened;

        Hooked(Path file, int opening, Action action) {
            this.file = file;
            this.opening = opening;
            this.action = action;
        }

        @Override
        public RecordReader open() throws IOException {
            if (++opened == opening) {
                try {
                    action.run();
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }
            return InputSource.open(file, InputFormat.AUTO).reader();
        }
    }
}
