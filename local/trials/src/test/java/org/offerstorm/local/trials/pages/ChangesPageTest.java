package org.offerstorm.local.trials.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.local.servers.testing.KafkaFixture;

/** The programs of docs/plug-in.md that follow the topic of changes, taken from the page and run. */
class ChangesPageTest {
    private static final String HOSTILE = "Arts, \\\"&\\\" <crafts>";

    private static final Pattern SUM = Pattern.compile("([A-Z]+)\t(\\d+)");

    private static final Pattern OUTPUT = Pattern.compile("\\d+\t.*|total .*");

    @TempDir
    private static Path temp;

    private static KafkaFixture kafka;
    private static int topics;

    @TempDir
    Path directory;

    private PagePrograms programs;
    private String topic;
    private Producer<byte[], byte[]> producer;
    private int seq;

    @BeforeAll
    static void startKafka() throws Exception {
        kafka = new KafkaFixture(temp);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void start() throws Exception {
        programs = new PagePrograms(directory);
        topic = "offers.changes-" + ++topics;
        kafka.create(topic, 1);
        producer = kafka.transactional("publisher-of-" + topic);
    }

    @AfterEach
    void end() {
        programs.close();
        producer.close();
    }

    @Test
    void the_python_consumer_follows_the_changes() throws Exception {
        // Debian's package is for Debian's Python, which need not be the first of the path.
        String python = Stream.of("python3", "/usr/bin/python3")
                .filter(ChangesPageTest::hasConfluentKafka)
                .findFirst()
                .orElse(null);
        assumeTrue(python != null, "no python3 here has confluent_kafka; .ci/checks/changes.sh installs it");

        follows(List.of(
                python,
                programs.write("changes.py", "python", "import OFFSET_BEGINNING")
                        .toString()));
    }

    @Test
    void the_java_consumer_follows_the_changes() throws Exception {
        follows(programs.java(programs.write("ChangesConsumer.java", "java", "class ChangesConsumer")));
    }

    @Test
    void the_streams_program_keeps_the_sums() throws Exception {
        kafka.create("offers.by-continent", 1);
        publish(record("increment", 2, "Tech", "EU", 2), record("increment", 5, "Sales", "EU", 5));
        BlockingQueue<String> lines =
                start(programs.java(programs.write("LiveByContinent.java", "java", "class LiveByContinent")));
        assertThat(sums(lines, "EU", 7)).isEqualTo(Map.of("EU", 7L));

        abort(record("increment", 100, "Tech", "EU", 102));
        publish(record("decrement", 1, "Tech", "EU", 1), record("increment", 1, "Tech", "AS", 1));
        assertThat(sums(lines, "AS", 1)).isEqualTo(Map.of("EU", 6L, "AS", 1L));
    }

    private static boolean hasConfluentKafka(String python) {
        try {
            return PagePrograms.runs(python, "-c", "import confluent_kafka");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The last sum of each continent, up to the line that is waited for and those of the same commit. */
    private Map<String, Long> sums(BlockingQueue<String> lines, String continent, long last) throws Exception {
        Map<String, Long> sums = new HashMap<>();
        while (sums.getOrDefault(continent, 0L) != last || !lines.isEmpty()) {
            Matcher sum = SUM.matcher(programs.next(lines));
            if (sum.matches()) { // Kafka Streams logs, too
                sums.put(sum.group(1), Long.valueOf(sum.group(2)));
            }
        }
        return sums;
    }

    /** Table, each change, nothing of an aborted transaction, and after a new start what was missed. */
    private void follows(List<String> command) throws Exception {
        publish(record("increment", 3, "Tech", "EU", 3), record("increment", 2, "Sales", "NA", 2));
        abort(record("increment", 100, "Tech", "EU", 103));
        publish(record("decrement", 2, "Sales", "NA", 0), record("increment", 1, HOSTILE, "AS", 1));
        BlockingQueue<String> lines = start(command);
        assertThat(Stream.of(next(lines), next(lines)))
                .containsExactlyInAnyOrder("3\tTech\tEU", "1\tArts, \"&\" <crafts>\tAS");
        assertThat(next(lines)).startsWith("total 4 at ");

        abort(record("decrement", 1, "Tech", "EU", 2));
        publish(record("decrement", 2, "Tech", "EU", 1));
        String[] change = next(lines).split("\t", -1);
        assertThat(change).hasSize(5).endsWith("-2", "Tech", "EU", "1");
        programs.close();

        publish(record("increment", 1, "Tech", "SA", 1));
        publish(record("increment", 4, "Tech", "UNKNOWN", 4));
        BlockingQueue<String> resumed = start(command, change[0]);
        assertThat(next(resumed)).endsWith("\t+1\tTech\tSA\t1");
        assertThat(next(resumed)).endsWith("\t+4\tTech\tUNKNOWN\t4");
        assertThat(programs.errors()).doesNotContain("compacted");
    }

    /** The next line that is not of Kafka's client: it logs to the same place. */
    private String next(BlockingQueue<String> lines) throws Exception {
        String line = programs.next(lines);
        while (!OUTPUT.matcher(line).matches()) {
            line = programs.next(lines);
        }
        return line;
    }

    private BlockingQueue<String> start(List<String> command, String... last) throws Exception {
        return programs.start(
                command,
                Stream.concat(Stream.of(kafka.servers(), topic), Stream.of(last))
                        .toArray(String[]::new));
    }

    private ProducerRecord<byte[], byte[]> record(String action, int by, String category, String continent, int count) {
        String value = "{\"action\":\"" + action + "\",\"by\":" + by + ",\"category\":\"" + category
                + "\",\"continent\":\"" + continent + "\",\"count\":" + count
                + ",\"at\":\"2026-11-30T00:00:00.123Z\",\"seq\":" + ++seq + "}";
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic,
                0,
                (category.replace("\\", "") + "|" + continent).getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8));
        record.headers().add("offerstorm.version", new byte[] {'1'});
        return record;
    }

    @SafeVarargs
    private void publish(ProducerRecord<byte[], byte[]>... records) throws Exception {
        producer.beginTransaction();
        for (ProducerRecord<byte[], byte[]> record : records) {
            producer.send(record).get();
        }
        producer.commitTransaction();
        kafka.settle(topic, 1);
    }

    @SafeVarargs
    private void abort(ProducerRecord<byte[], byte[]>... records) throws Exception {
        producer.beginTransaction();
        for (ProducerRecord<byte[], byte[]> record : records) {
            producer.send(record).get();
        }
        producer.abortTransaction();
        seq -= records.length;
    }
}
