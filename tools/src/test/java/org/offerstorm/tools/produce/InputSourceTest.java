package org.offerstorm.tools.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputSourceTest {
    private static final String CSV =
            "profession_id,contract_type,name,office_latitude,office_longitude\n7,C,Chef,48,2\n";
    private static final String NDJSON = "{\"id\":\"a\"}\n{\"id\":\"b\"}\n";

    @TempDir
    private Path directory;

    @Test
    void gzip_is_recognized_by_its_bytes_regardless_of_the_name() throws IOException {
        for (String name : List.of("offers.csv.gz", "offers.CSV", "offers")) {
            Path file = Files.write(directory.resolve(name), Lines.gzip(CSV.getBytes(UTF_8)));
            assertThat(Lines.read(InputSource.open(file, InputFormat.AUTO)))
                    .as(name)
                    .hasSize(1);
        }
        Path file = Files.write(directory.resolve("o.ndjson.gz"), Lines.gzip(NDJSON.getBytes(UTF_8)));
        assertThat(Lines.read(InputSource.open(file, InputFormat.AUTO))).hasSize(2);
    }

    @Test
    void a_name_that_promises_gzip_is_held_to_it_unless_the_file_is_text() throws IOException {
        byte[] noise = new byte[100_000];
        new Random(7).nextBytes(noise);
        for (String name : List.of("rand.gz", "rand.csv.gz", "rand.ndjson.GZ")) {
            Path file = Files.write(directory.resolve(name), noise);
            assertThatThrownBy(() -> InputSource.open(file, InputFormat.AUTO))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining(name + " is not a gzip file (its name says so)");
        }
        Path unpacked = Files.writeString(directory.resolve("plain.csv.gz"), CSV);
        assertThat(Lines.read(InputSource.open(unpacked, InputFormat.AUTO))).hasSize(1);
    }

    @Test
    void gzip_files_appended_to_each_other_are_one_file() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(Lines.gzip(NDJSON.getBytes(UTF_8)));
        both.writeBytes(Lines.gzip("{\"id\":\"c\"}\n".getBytes(UTF_8)));
        Path file = Files.write(directory.resolve("o.ndjson.gz"), both.toByteArray());
        assertThat(Lines.read(InputSource.open(file, InputFormat.AUTO))).hasSize(3);
    }

    @Test
    void a_pipe_that_is_empty_for_a_moment_between_two_gzip_members_is_read_to_its_end() throws Exception {
        try (PipedOutputStream pipe = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(pipe)) {
            Thread writer = new Thread(() -> {
                try (pipe) {
                    pipe.write(Lines.gzip(NDJSON.getBytes(UTF_8)));
                    pipe.flush();
                    Thread.sleep(1_500); // as long as PipedInputStream waits, and more
                    pipe.write(Lines.gzip("{\"id\":\"c\"}\n".getBytes(UTF_8)));
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            writer.start();
            assertThat(Lines.read(InputSource.open(in, "standard input", InputFormat.AUTO)))
                    .hasSize(3);
            writer.join();
        }
    }

    @Test
    void what_follows_a_gzip_member_and_is_none_ends_the_reading_with_the_line_reached() throws IOException {
        byte[] member = Lines.gzip(NDJSON.getBytes(UTF_8));
        byte[] damaged = member.clone();
        damaged[1] ^= 0x55;
        for (byte[] second : List.of("junk".getBytes(UTF_8), damaged, new byte[512])) {
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.writeBytes(member);
            both.writeBytes(second);
            Path file = Files.write(directory.resolve("o.ndjson.gz"), both.toByteArray());
            assertThatThrownBy(() -> Lines.read(InputSource.open(file, InputFormat.AUTO)))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining(file + " has broken gzip data after line 2");
        }
        ByteArrayOutputStream cut = new ByteArrayOutputStream();
        cut.writeBytes(member);
        cut.writeBytes(Arrays.copyOf(member, 6));
        Path file = Files.write(directory.resolve("cut.ndjson.gz"), cut.toByteArray());
        assertThatThrownBy(() -> Lines.read(InputSource.open(file, InputFormat.AUTO)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(file + " is cut after line 2");
    }

    @Test
    void a_fifo_is_read_like_a_file() throws Exception {
        Path fifo = directory.resolve("offers.ndjson");
        assumeThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .as("this system has mkfifo")
                .isZero();
        for (byte[] content : List.of(NDJSON.getBytes(UTF_8), Lines.gzip(NDJSON.getBytes(UTF_8)))) {
            Thread writer = new Thread(() -> {
                try {
                    Files.write(fifo, content);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            writer.start();
            try (InputSource source = InputSource.open(fifo, InputFormat.AUTO)) {
                assertThat(source.length()).isEqualTo(-1);
                assertThat(Lines.read(source)).hasSize(2);
            }
            writer.join();
        }
    }

    @ParameterizedTest
    @CsvSource({"offers.ndjson.gz", "offers.csv.gz"})
    void a_cut_gzip_file_is_reported_as_such_wherever_it_is_cut(String name) throws IOException {
        StringBuilder text = new StringBuilder(name.contains("csv") ? CSV : "");
        for (int i = 0; i < 20_000; i++) {
            text.append(name.contains("csv") ? "7,C," + i * 7919L + ",1,2\n" : "{\"id\":\"" + i * 7919L + "\"}\n");
        }
        byte[] whole = Lines.gzip(text.toString().getBytes(UTF_8));
        for (int cut : new int[] {5, 12, whole.length / 2, whole.length - 9, whole.length - 3}) {
            Path file = Files.write(directory.resolve(name), Arrays.copyOf(whole, cut));
            assertThatThrownBy(() -> Lines.read(InputSource.open(file, InputFormat.AUTO)))
                    .as("cut at %s", cut)
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining(file + " is cut");
        }
    }

    @Test
    void broken_gzip_data_are_reported_as_such() throws IOException {
        byte[] bytes = Lines.gzip("{\"id\":\"a\"}\n".repeat(1000).getBytes(UTF_8));
        bytes[bytes.length - 6] ^= 1; // the checksum
        Path file = Files.write(directory.resolve("o.ndjson.gz"), bytes);
        assertThatThrownBy(() -> Lines.read(InputSource.open(file, InputFormat.AUTO)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("broken gzip data");
    }

    @Test
    void without_a_telling_name_the_first_character_decides() throws IOException {
        assertThat(Lines.read(InputFormat.AUTO, "\n \t" + NDJSON)).hasSize(2);
        assertThat(Lines.read(InputFormat.AUTO, "\uFEFF" + NDJSON)).hasSize(2);
        assertThat(Lines.read(InputFormat.AUTO, CSV)).hasSize(1);
        assertThat(Lines.read(InputFormat.AUTO, "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a.csv, CSV",
        "a.CSV.GZ, CSV",
        "a.ndjson, NDJSON",
        "a.jsonl.gz, NDJSON",
        "a.json, AUTO",
        "a.gz, AUTO",
        "csv, AUTO"
    })
    void names_tell_the_format(String name, InputFormat format) {
        assertThat(InputFormat.ofName(name)).isEqualTo(format);
    }

    @Test
    void utf16_is_refused_with_the_way_out() throws IOException {
        Path file = Files.write(directory.resolve("o.csv"), CSV.getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(() -> InputSource.open(file, InputFormat.AUTO))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("iconv -f UTF-16");
    }

    @Test
    void the_position_runs_to_the_length_of_the_file_on_disk() throws IOException {
        Path file = Files.write(
                directory.resolve("o.ndjson.gz"),
                Lines.gzip(NDJSON.repeat(50_000).getBytes(UTF_8)));
        try (InputSource source = InputSource.open(file, InputFormat.AUTO)) {
            assertThat(source.length()).isEqualTo(Files.size(file));
            while (source.reader().next() != null) {
                assertThat(source.position()).isBetween(1L, source.length());
            }
            assertThat(source.position()).isEqualTo(source.length());
        }
    }
}
