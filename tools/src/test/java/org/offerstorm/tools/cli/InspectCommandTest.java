package org.offerstorm.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.mapping.StandardField;
import org.offerstorm.local.servers.testing.KafkaFixture;
import org.offerstorm.tools.mapping.MappingFile;

class InspectCommandTest {
    private static final String JOBS = "ref,title,town\na,Cook,Rome\nb,Nurse,Pisa\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void a_file_gives_a_report_and_a_mapping() throws IOException {
        Path file = Files.writeString(directory.resolve("jobs.csv"), JOBS);
        Path mapping = directory.resolve("m.yaml");

        assertThat(run(file, "--out", mapping)).isZero();

        assertThat(MappingFile.read(mapping).offer())
                .containsOnlyKeys(StandardField.ID, StandardField.NAME, StandardField.CITY);
        assertThat(out).hasToString("""
                jobs.csv: CSV, delimiter comma, UTF-8; 2 records

                field    holds  blank  distinct  commonest value  becomes
                "ref"    text   0 %%    2         "a"              id (different in each record)
                "title"  text   0 %%    2         "Cook"           name (by its name)
                "town"   text   0 %%    2         "Pisa"           city (by its name)

                The first offers:
                  id  name   company  category  place  date
                  a   Cook   -        -         Rome   -
                  b   Nurse  -        -         Pisa   -
                Offers of the sample: 2; refused: 0.
                To decide:
                  no coordinates were found: all offers count for the continent UNKNOWN
                  no category was found: all offers count in the column (none)
                Wrote %1$s. Look it through, then: ./offerstorm demo --mapping %1$s --offers %2$s
                """.formatted(mapping, file));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void a_mapping_that_is_there_is_overwritten_only_by_force() throws IOException {
        Path file = Files.writeString(directory.resolve("jobs.csv"), JOBS);
        Path mapping = Files.writeString(directory.resolve("m.yaml"), "mine");

        assertThat(run(file, "--out", mapping)).isEqualTo(2);
        assertThat(mapping).hasContent("mine");
        assertThat(err.toString())
                .startsWith("inspect: " + mapping
                        + " is there already; name another file with --out, or overwrite it with" + " --force");

        assertThat(run(file, "--out", mapping, "--force")).isZero();
        assertThat(mapping).content().contains("  id: ref");
    }

    @Test
    void the_mapping_alone_goes_to_standard_output() throws IOException {
        Path file = Files.writeString(directory.resolve("jobs.csv"), JOBS);

        assertThat(run(file, "--out", "-")).isZero();

        assertThat(MappingFile.parse(out.toString(), "out").offer()).containsKey(StandardField.NAME);
        assertThat(err.toString()).contains("The first offers:");
    }

    @Test
    void the_sample_is_as_large_as_asked() throws IOException {
        Path file = Files.writeString(directory.resolve("jobs.csv"), JOBS);

        assertThat(run(file, "--out", "-", "--sample", 1)).isZero();

        assertThat(err.toString())
                .startsWith("jobs.csv: CSV, delimiter comma, UTF-8; 1 record looked at, there are more");
    }

    @Test
    void records_that_would_be_refused_and_rows_that_are_none_exit_1() throws IOException {
        Path refused = Files.writeString(directory.resolve("a.csv"), "id,title\n1,Cook\n2,\n3,Nurse\n");
        Path ragged = Files.writeString(directory.resolve("b.csv"), "id,title\n1,Cook\n2,a,b\n3,Nurse\n");

        assertThat(run(refused, "--out", "-")).isEqualTo(1);
        assertThat(err.toString()).contains("refused: 1:\n  missing_field  1, such as: name");
        assertThat(run(ragged, "--out", "-")).isEqualTo(1);
        assertThat(err.toString()).contains("not readable: 1, such as\n  line 3: row 2 has 3 cells, the header 2;");
    }

    @Test
    void the_command_to_type_next_takes_names_as_they_are() throws IOException {
        Path file = Files.writeString(directory.resolve("Stellen Übersicht $1.csv"), "id,title\na,Cook\nb,Nurse\n");
        Path mapping = directory.resolve("it's mine.yaml");

        assertThat(run(file, "--out", mapping)).isZero();
        assertThat(out.toString())
                .contains("--mapping '" + directory.resolve("it'\\''s mine.yaml") + "' --offers '" + file + "'");
    }

    @Test
    void what_is_no_text_is_named() throws IOException {
        byte[] noise = new byte[5_000];
        new Random(1).nextBytes(noise);
        Path binary = Files.write(directory.resolve("jobs.bin"), noise);
        Path picture = directory.resolve("jobs.csv");
        noise[0] = (byte) 0xFF;
        noise[1] = (byte) 0xD8;
        Files.write(picture, noise);

        assertThat(run(binary, "--out", "-")).isEqualTo(2);
        assertThat(run(picture, "--out", "-")).isEqualTo(2);
        assertThat(err.toString()).contains("jobs.bin is not text: it has ", "jobs.csv is not text: it has ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void what_cannot_be_looked_at_is_bad_usage() throws IOException {
        Path page = Files.writeString(directory.resolve("a.html"), "<!DOCTYPE html><html></html>");
        Path empty = Files.writeString(directory.resolve("empty.csv"), "");
        Path header = Files.writeString(directory.resolve("header.csv"), "id,title\n");
        Path numbers = Files.writeString(directory.resolve("n.ndjson"), "{\"a\":1}\n{\"a\":2}\n");

        assertThat(run(directory.resolve("none.csv"))).isEqualTo(2);
        assertThat(run(directory)).isEqualTo(2);
        assertThat(run(page, "--out", "-")).isEqualTo(2);
        assertThat(run(empty, "--out", "-")).isEqualTo(2);
        assertThat(run(header, "--out", "-")).isEqualTo(2);
        assertThat(run(numbers, "--out", "-")).isEqualTo(2);
        assertThat(run("--out", "-")).isEqualTo(2);
        assertThat(run(page, "--topic", "t")).isEqualTo(2);
        assertThat(run(page, "--sample", "0")).isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        "none.csv is not there, or cannot be read",
                        " is a directory; name a file",
                        "a.html is a web page (HTML)",
                        "empty.csv is empty; a CSV begins with a header",
                        "header.csv has no records",
                        "no field of n.ndjson holds texts that could be the name of an offer",
                        "name a file, or a topic with --topic",
                        "name either a file or --topic",
                        "--sample is 0; it must be at least 1");
    }

    @Test
    void a_topic_is_sampled_from_each_partition_and_nothing_is_committed() throws Exception {
        try (KafkaFixture kafka = new KafkaFixture(directory.resolve("kafka"))) {
            SourceConfig topic = kafka.newTopic(2);
            for (int i = 0; i < 5; i++) {
                String json = String.format(Locale.ROOT, "{\"ref\":\"r%d\",\"title\":\"Job %d\"}", i, i);
                send(kafka, topic, i % 2, "k" + i, bytes(json));
            }
            send(kafka, topic, 0, "k0", null);

            int code = run(
                    "--topic",
                    topic.topic(),
                    "--sample",
                    2,
                    "--out",
                    "-",
                    "-c",
                    "source.bootstrap-servers=" + kafka.servers());

            assertThat(code).as(err.toString()).isZero();
            assertThat(err.toString())
                    .startsWith("topic \"" + topic.topic()
                            + "\": topic of 2 partitions; 4 records looked at, there are more");
            assertThat(MappingFile.parse(out.toString(), "out").offer()).containsOnlyKeys(StandardField.NAME);
            assertThat(kafka.admin().listGroups().all().get()).isEmpty();
        }
    }

    @Test
    void a_topic_without_kafka_is_unreachable() {
        assertThat(run("--topic", "jobs", "--out", "-", "-c", "source.bootstrap-servers=127.0.0.1:1"))
                .isEqualTo(3);
        assertThat(err.toString()).contains("127.0.0.1:1");
    }

    private static void send(KafkaFixture kafka, SourceConfig topic, int partition, String key, byte[] value)
            throws Exception {
        kafka.producer()
                .send(new ProducerRecord<>(topic.topic(), partition, bytes(key), value))
                .get();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private int run(Object... arguments) {
        String[] words = IntStream.rangeClosed(0, arguments.length)
                .mapToObj(i -> i == 0 ? "inspect" : arguments[i - 1].toString())
                .toArray(String[]::new);
        return ToolCommands.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }
}
