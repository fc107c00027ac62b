package org.offerstorm.tools.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.local.servers.EmbeddedKafka;
import org.offerstorm.local.servers.proxy.TcpProxy;
import org.offerstorm.local.servers.testing.KafkaFixture;
import org.offerstorm.tools.cli.ProduceCommand;
import org.offerstorm.tools.cli.value.Converters;
import picocli.CommandLine;

/** {@code produce} and the producer behind it, against a real broker. */
class OfferProducerTest {
    private static final int PARTITIONS = 3;
    private static final Map<String, String> IMPATIENT =
            Map.of("delivery.timeout.ms", "3000", "request.timeout.ms", "1000", "max.block.ms", "60000");
    private static final Path SAMPLES = Path.of(System.getProperty("offerstorm.root"), "test-data", "offers.ndjson");

    @TempDir
    static Path directory;

    private static EmbeddedKafka kafka;

    @TempDir
    private Path files;

    @BeforeAll
    static void startKafka() throws IOException {
        kafka = EmbeddedKafka.start(directory, 0);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @Test
    void the_topic_holds_each_record_of_the_file_in_order_of_its_key_on_kafkas_own_partition() throws Exception {
        create("samples", Map.of());
        ProduceResult result;
        try (InputSource source = InputSource.open(SAMPLES, InputFormat.AUTO);
                OfferProducer producer = OfferProducer.connect(settings("samples"))) {
            result = producer.produce(source.reader());
        }

        Map<Integer, List<ConsumerRecord<byte[], byte[]>>> log = read("samples");
        long records = log.values().stream().mapToLong(List::size).sum();
        assertThat(result.isComplete()).isTrue();
        assertThat(result.sent()).isEqualTo(2000).isEqualTo(records);
        Map<Integer, Long> last = new HashMap<>();
        log.forEach((partition, list) ->
                last.put(partition, list.get(list.size() - 1).offset()));
        assertThat(result.highestOffsets()).isEqualTo(last);

        Map<Integer, Integer> next = new HashMap<>();
        long deletions = 0;
        for (Input.Item item : items(SAMPLES)) {
            int partition = BuiltInPartitioner.partitionForKey(item.key(), PARTITIONS);
            ConsumerRecord<byte[], byte[]> record = log.get(partition).get(next.merge(partition, 1, Integer::sum) - 1);
            assertThat(record.key()).isEqualTo(item.key());
            assertThat(record.value()).isEqualTo(item.value());
            deletions += item.isDeletion() ? 1 : 0;
        }
        assertThat(result.deletions()).isEqualTo(deletions).isPositive();
    }

    @Test
    void a_topic_that_does_not_exist_is_named_and_not_made() {
        assertThatThrownBy(() -> OfferProducer.connect(settings("nowhere")))
                .isInstanceOf(KafkaUnreachable.class)
                .hasMessageContaining("topic nowhere does not exist at " + kafka.bootstrapServers());
    }

    @Test
    void a_record_that_the_topic_refuses_is_skipped_with_its_line_and_the_rest_sent() throws Exception {
        create("small", Map.of("max.message.bytes", "2000"));
        Path file = Files.writeString(
                files.resolve("o.ndjson"),
                "{\"id\":\"a\"}\n{\"id\":\"b\",\"x\":\"" + "x".repeat(3000) + "\"}\n{\"id\":\"c\"}\n");
        try (InputSource source = InputSource.open(file, InputFormat.AUTO);
                OfferProducer producer = OfferProducer.connect(settings("small"))) {
            ProduceResult result = producer.produce(source.reader());
            assertThat(result.sent()).isEqualTo(2);
            assertThat(result.skipped()).extracting(Input.Skipped::line).containsExactly(2L);
            assertThat(result.isComplete()).isFalse();
        }
    }

    @Test
    void a_file_that_breaks_off_reports_what_was_sent() throws Exception {
        create("broken", Map.of());
        byte[] csv = "profession_id,contract_type,name,office_latitude,office_longitude\n1,C,Chef,1,2\n1,C,\"Chef\n"
                .getBytes(UTF_8);
        try (InputSource source = InputSource.open(new ByteArrayInputStream(csv), "stdin", InputFormat.AUTO);
                OfferProducer producer = OfferProducer.connect(settings("broken"))) {
            ProduceResult result = producer.produce(source.reader());
            assertThat(result.sent()).isEqualTo(1);
            assertThat(result.stopped()).startsWith("stdin:3: a quote");
        }
    }

    @Test
    void a_broker_that_goes_away_is_unreachable() throws Exception {
        Path own = Files.createDirectory(files.resolve("broker"));
        EmbeddedKafka mortal = EmbeddedKafka.start(own, 0);
        try {
            create(mortal.bootstrapServers(), "offers", Map.of());
            Map<String, String> properties = new HashMap<>(IMPATIENT);
            properties.put("max.block.ms", "5000"); // a send without a broker ends after it
            ProducerSettings settings = new ProducerSettings(
                    mortal.bootstrapServers(), "offers", 0, ProducerSettings.CONNECT_TIMEOUT, properties);
            try (OfferProducer producer = OfferProducer.connect(settings)) {
                RecordReader reader = new Interrupted(1000, 5000, mortal::close);
                assertThatThrownBy(() -> producer.produce(reader))
                        .isInstanceOf(KafkaUnreachable.class)
                        .hasMessageContaining("did not confirm ")
                        .hasMessageContaining("send the file again");
            }
        } finally {
            mortal.close();
        }
    }

    @Test
    void a_slow_broker_that_listens_is_waited_for() throws Exception {
        create("late", Map.of());
        try (TcpProxy proxy = TcpProxy.open(0, new InetSocketAddress(InetAddress.getLoopbackAddress(), kafka.port()))) {
            proxy.delay(Duration.ofSeconds(2));

            assertThat(OfferProducer.topic(new ProducerSettings(
                                    "127.0.0.1:" + proxy.port(), "late", 0, Duration.ofSeconds(1), Map.of()))
                            .partitions())
                    .hasSize(PARTITIONS);
        }
    }

    @Test
    void a_broker_that_listens_and_hangs_is_not_called_down() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + mute.getLocalPort();
            ProducerSettings settings = new ProducerSettings(address, "late", 0, Duration.ofMillis(500), Map.of());

            assertThatThrownBy(() -> OfferProducer.topic(settings, Duration.ofMillis(500)))
                    .isInstanceOf(KafkaUnreachable.class)
                    .hasMessageStartingWith("Kafka at " + address + " listens, but did not answer within 1 s")
                    .hasMessageNotContaining("is it running");
        }
    }

    /** While the client waits for its id, its own time-outs do not run. */
    @Test
    void a_cluster_that_gives_no_producer_id_is_unreachable() throws Exception {
        withoutProducerIds("no-ids", 0, new Interrupted(10, 5, () -> {}))
                .hasMessageContaining("did not confirm all records (5 records had no answer for 6 s)")
                .hasMessageContaining("send the file again");
    }

    /** Without this it would be reported when the client's memory is full: after hours. */
    @Test
    void a_slow_source_does_not_hide_that_nothing_is_confirmed() throws Exception {
        withoutProducerIds("slow", 2, new Interrupted(1_000_000, 500_000, () -> {}))
                .hasMessageContaining("did not confirm all records")
                .hasMessageContaining("no answer for 6 s");
    }

    private static AbstractThrowableAssert<?, ?> withoutProducerIds(String topic, double perSecond, RecordReader reader)
            throws Exception {
        create(topic, Map.of());
        try (MuteRelay relay = new MuteRelay(kafka.port(), ApiKeys.INIT_PRODUCER_ID.id);
                OfferProducer producer = OfferProducer.connect(new ProducerSettings(
                        relay.address(), topic, perSecond, ProducerSettings.CONNECT_TIMEOUT, IMPATIENT))) {
            AbstractThrowableAssert<?, ?> thrown =
                    assertThatThrownBy(() -> producer.produce(reader)).isInstanceOf(KafkaUnreachable.class);
            assertThat(relay.swallowed()).isPositive();
            return thrown;
        }
    }

    @Test
    void the_command_reports_counts_and_skipped_lines_and_takes_standard_input() throws Exception {
        create("command", Map.of());
        Path file = Files.writeString(
                files.resolve("o.ndjson"), "{\"id\":\"a\"}\nnonsense\n{\"id\":\"a\",\"deleted\":true}\n");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertThat(run(out, err, "-b", kafka.bootstrapServers(), "-t", "command", file.toString()))
                .isEqualTo(1);
        assertThat(out.toString()).contains("sent 2 records to command", "1 of them deletions; skipped 1");
        assertThat(err.toString()).contains(file + ":2: skipped: no id");

        java.io.InputStream original = System.in;
        try {
            System.setIn(Files.newInputStream(SAMPLES));
            assertThat(run(out, err, "-b", kafka.bootstrapServers(), "-t", "command", "--strict"))
                    .isZero();
        } finally {
            System.setIn(original);
        }
        assertThat(out.toString()).contains("sent 2000 records to command");
    }

    /** Makes records, and stops the broker in the midst of them. */
    private static final class Interrupted implements RecordReader {
        private final long until;
        private final long records;
        private final Runnable stop;
        private long line;

        Interrupted(long until, long records, Runnable stop) {
            this.until = until;
            this.records = records;
            this.stop = stop;
        }

        @Override
        public Input next() {
            if (++line == until) {
                stop.run();
            }
            return line > records ? null : new Input.Item(Long.toString(line).getBytes(UTF_8), new byte[200], line);
        }

        @Override
        public void close() {}
    }

    private static int run(StringWriter out, StringWriter err, String... arguments) {
        return Converters.register(new CommandLine(new ProduceCommand()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static ProducerSettings settings(String topic) {
        return new ProducerSettings(kafka.bootstrapServers(), topic);
    }

    private static void create(String topic, Map<String, String> configs) throws Exception {
        create(kafka.bootstrapServers(), topic, configs);
    }

    private static void create(String servers, String topic, Map<String, String> configs) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            KafkaFixture.create(admin, topic, PARTITIONS, configs);
        }
    }

    private static List<Input.Item> items(Path file) throws IOException {
        List<Input.Item> items = new ArrayList<>();
        try (InputSource source = InputSource.open(file, InputFormat.AUTO)) {
            for (Input input = source.reader().next();
                    input != null;
                    input = source.reader().next()) {
                items.add((Input.Item) input);
            }
        }
        return items;
    }

    private static Map<Integer, List<ConsumerRecord<byte[], byte[]>>> read(String topic) {
        Map<Integer, List<ConsumerRecord<byte[], byte[]>>> log = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int p = 0; p < PARTITIONS; p++) {
                partitions.add(new TopicPartition(topic, p));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    log.computeIfAbsent(record.partition(), p -> new ArrayList<>())
                            .add(record);
                }
            }
        }
        return log;
    }
}
