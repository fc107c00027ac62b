package org.offerstorm.tools.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
    void gzip_is_told_by_its_bytes_whatever_the_name() throws IOException {
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
                    .hasMessageContaining(name + " is no gzip file (its name says so)");
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

    @ParameterizedTest
    @CsvSource({"offers.ndjson.gz", "offers.csv.gz"})
    void a_cut_gzip_file_is_told_as_such_wherever_it_is_cut(String name) throws IOException {
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
    void broken_gzip_data_are_told_as_such() throws IOException {
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
