package org.offerstorm.tools.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not text with offers: each is named as a whole, with what to type; nothing of it is sent. */
class ForeignFilesTest {
    private static final String OFFER = "{\"id\":\"a\",\"name\":\"n\"}";
    private static final String DELETION = "{\"id\":\"a\",\"deleted\":true}";
    private static final String CSV =
            "profession_id,contract_type,name,office_latitude,office_longitude\n7,C,Chef,48,2\n";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "425A683931415926535932, bzip2, bzip2 -dc FILE",
        "FD377A585A000004E6D6B446, xz, xz -dc FILE",
        "28B52FFD2400010000, zstd, zstd -dc FILE",
        "04224D186440A7, lz4, lz4 -dc FILE",
        "1F9D90689462, compress, gzip -dc FILE",
        "377ABCAF271C0004, 7z, 7z x -so FILE"
    })
    void compressed_files_are_named_with_what_to_type(String hex, String what, String command) throws IOException {
        for (String name : List.of("o.csv", "o.ndjson", "o.gz", "o")) {
            Path file = Files.write(directory.resolve(name), HexFormat.of().parseHex(hex));
            assertThat(refusal(file))
                    .startsWith(file + " is ")
                    .contains(what)
                    .endsWith(command.replace("FILE", file.toString()) + " | ./offerstorm produce -");
        }
        if (command.startsWith("7z")) {
            return; // reads no pipe
        }
        assertThat(refusal(HexFormat.of().parseHex(hex)))
                .startsWith("standard input is ")
                .endsWith(" | " + command.replace(" FILE", "") + " | ./offerstorm produce -");
    }

    @Test
    void a_name_with_blanks_is_quoted_for_the_shell() throws IOException {
        Path file =
                Files.write(directory.resolve("l'offre 1.bz2"), HexFormat.of().parseHex("425A683931415926535932"));
        assertThat(refusal(file)).contains("bzip2 -dc '" + directory + "/l'\\''offre 1.bz2' | ");
    }

    @Test
    void zip_archives_and_workbooks_have_their_names_also_if_they_are_cut() throws IOException {
        byte[] zip = zip("offers.csv", CSV);
        for (byte[] bytes : List.of(zip, Arrays.copyOf(zip, 40))) {
            Path file = Files.write(directory.resolve("o.zip"), bytes);
            assertThat(refusal(file)).contains("zip", "unzip -p " + file + " | ./offerstorm produce -");
        }
        for (String entry : List.of("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "docProps/app.xml")) {
            Path file = Files.write(directory.resolve("o.csv"), zip(entry, "<x/>"));
            assertThat(refusal(file)).contains("Excel", "CSV UTF-8", "libreoffice");
        }
        Path ods = Files.write(
                directory.resolve("o.ods"),
                HexFormat.of()
                        .parseHex("504B03040A0000000000000021008526"
                                + "8A392E0000002E000000080000006D696D6574797065"
                                + HexFormat.of()
                                        .formatHex("application/vnd.oasis.opendocument.spreadsheet".getBytes(UTF_8))));
        assertThat(refusal(ods)).contains("spreadsheet", "CSV UTF-8");
        Path old = Files.write(directory.resolve("o.xls"), HexFormat.of().parseHex("D0CF11E0A1B11AE10000"));
        assertThat(refusal(old)).contains("Excel");
    }

    @Test
    void gzip_within_gzip_and_archives_within_gzip_are_named() throws IOException {
        Path twice = Files.write(directory.resolve("o.csv.gz"), Lines.gzip(Lines.gzip(CSV.getBytes(UTF_8))));
        assertThat(refusal(twice))
                .contains(" holds gzip data", "gzip -dc " + twice + " | gzip -dc | ./offerstorm produce -");
        byte[] tar = Arrays.copyOf("offers.csv".getBytes(UTF_8), 1024);
        System.arraycopy("ustar".getBytes(UTF_8), 0, tar, 257, 5);
        System.arraycopy(CSV.getBytes(UTF_8), 0, tar, 512, CSV.length());
        Path archive = Files.write(directory.resolve("o.tar.gz"), Lines.gzip(tar));
        assertThat(refusal(archive))
                .contains("tar archive", "gzip -dc " + archive + " | tar -xOf - | ./offerstorm produce -");
        Path plain = Files.write(directory.resolve("o.tar"), tar);
        assertThat(refusal(plain)).contains("tar -xOf " + plain + " | ");
        Path packed = Files.write(
                directory.resolve("o.csv.gz"), Lines.gzip(HexFormat.of().parseHex("28B52FFD24000100")));
        assertThat(refusal(packed)).contains("gzip -dc " + packed + " | zstd -dc | ./offerstorm produce -");
    }

    @ParameterizedTest
    @CsvSource({
        "255044462D312E37, PDF",
        "4F626A0104, Avro",
        "504152311500, Parquet",
        "53514C69746520666F726D6174203300, SQLite"
    })
    void other_kinds_are_named(String hex, String what) throws IOException {
        for (String name : List.of("o.csv", "o.ndjson", "o")) {
            assertThat(refusal(
                            Files.write(directory.resolve(name), HexFormat.of().parseHex(hex))))
                    .contains(what);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><html><body>404 Not Found</body></html>",
                "\n <HTML>\n<head><title>Log in</title></head>",
                "\uFEFF<!-- saved --><!doctype html>\n",
            })
    void an_error_page_saved_as_a_file_is_named(String page) throws IOException {
        for (String name : List.of("o.csv", "o.ndjson", "o")) {
            assertThat(refusal(Files.writeString(directory.resolve(name), page)))
                    .contains("web page");
        }
        assertThat(refusal(Files.writeString(directory.resolve("o.csv"), "<?xml version=\"1.0\"?>\n<offers/>")))
                .contains("XML");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void a_wide_encoding_without_mark_is_refused_as_a_whole(String charset) throws IOException {
        Charset wide = Charset.forName(charset);
        for (String text : List.of(
                DELETION + "\n",
                DELETION + "\n" + OFFER + "\n",
                OFFER + "\r\n" + DELETION + "\r\n",
                "{\"id\":\"招聘职位编号\",\"deleted\":true}\n",
                CSV)) {
            byte[] bytes = text.getBytes(wide);
            Path file = Files.write(directory.resolve("o"), bytes);
            assertThat(refusal(file))
                    .contains(
                            charset.substring(0, 6),
                            "iconv -f " + charset + " -t UTF-8 " + file + " | ./offerstorm produce -");
            Path packed = Files.write(directory.resolve("o.gz"), Lines.gzip(bytes));
            assertThat(refusal(packed)).contains("gzip -dc " + packed + " | iconv -f " + charset + " -t UTF-8 | ");
        }
    }

    /** As the redirection of an old PowerShell writes behind a file that was UTF-8. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16"})
    void a_wide_line_in_the_middle_is_neither_sent_nor_obeyed(String charset) throws IOException {
        ByteArrayOutputStream mixed = new ByteArrayOutputStream();
        mixed.writeBytes((OFFER + "\n").getBytes(UTF_8));
        mixed.writeBytes(DELETION.replace("\"a\"", "\"b\"").getBytes(Charset.forName(charset)));
        assertThat(Lines.read(Lines.open(mixed.toByteArray(), InputFormat.NDJSON)))
                .containsExactly(
                        "1 a " + OFFER,
                        "2 SKIPPED no id: the line is UTF-16 or binary, not UTF-8; was it appended by another program?");
    }

    @Test
    void a_json_array_is_named_with_what_to_type() throws IOException {
        for (String text : List.of("[" + OFFER + "]", " \n[\n" + OFFER + ",\n" + OFFER + "\n]\n", "\uFEFF[]")) {
            for (String name : List.of("o.json", "o.ndjson", "o")) {
                Path file = Files.writeString(directory.resolve(name), text);
                assertThat(refusal(file)).contains("JSON array", "jq -c '.[]' " + file + " | ./offerstorm produce -");
            }
        }
        assertThat(refusal(("[" + OFFER + "]").getBytes(UTF_8))).endsWith("… | jq -c '.[]' | ./offerstorm produce -");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\n  \"id\": \"a\",\n  \"name\": \"n\"\n}\n",
                "\n{\r\n\t\"id\": \"a\",\r\n\t\"name\": \"n\"\r\n}\r\n{\r\n",
                "{ \"id\": \"a\",\n  \"name\": \"n\" }\n",
                "{\n\"id\":\"a\"}",
            })
    void json_over_several_lines_is_named_with_what_to_type(String text) throws IOException {
        for (String name : List.of("o.json", "o.ndjson", "o")) {
            Path file = Files.writeString(directory.resolve(name), text);
            assertThat(refusal(file)).contains("several lines", "jq -c . " + file + " | ./offerstorm produce -");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"a\",\"name\":\"cut\n{\"id\":\"b\"}\n",
                "{\"id\":\"a\",\n{\"id\":\"b\"}\n",
                "{}\n",
                "{\"id\":\"a\"}\n"
            })
    void a_first_line_that_is_only_cut_or_odd_ends_nothing(String text) throws IOException {
        assertThat(Lines.read(InputFormat.AUTO, text)).isNotEmpty();
    }

    @Test
    void lines_that_end_in_a_carriage_return_alone_are_named() throws IOException {
        Path file = Files.writeString(directory.resolve("o.ndjson"), OFFER + "\r" + DELETION + "\r");
        assertThat(refusal(file)).contains("carriage return", "tr '\\r' '\\n' <" + file + " | ./offerstorm produce -");
        assertThat(Lines.read(InputFormat.CSV, CSV.replace('\n', '\r'))).hasSize(1);
    }

    @Test
    void zero_bytes_are_named() throws IOException {
        Path file = Files.write(directory.resolve("o.ndjson"), new byte[4096]);
        assertThat(refusal(file)).contains("zero bytes");
    }

    @Test
    void a_pipe_that_gives_its_first_line_alone_is_read_at_once() throws Exception {
        try (PipedOutputStream pipe = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(pipe)) {
            pipe.write((OFFER + "\n").getBytes(UTF_8));
            pipe.flush();
            try (InputSource source = InputSource.open(in, "standard input", InputFormat.AUTO)) {
                assertThat(source.reader().next()).isInstanceOf(Input.Item.class); // the pipe is still open
            }
        }
    }

    @Test
    void json_in_a_csv_is_named() {
        assertThatThrownBy(() -> Lines.read(InputFormat.CSV, OFFER + "\n"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("JSON");
    }

    private static byte[] zip(String entry, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String refusal(Path file) {
        BadInput refused =
                catchThrowableOfType(BadInput.class, () -> Lines.read(InputSource.open(file, InputFormat.AUTO)));
        assertThat(refused).as("%s is refused", file).isNotNull();
        return refused.getMessage();
    }

    private static String refusal(byte[] bytes) {
        InputStream in = new ByteArrayInputStream(bytes);
        BadInput refused = catchThrowableOfType(
                BadInput.class, () -> Lines.read(InputSource.open(in, "standard input", InputFormat.AUTO)));
        assertThat(refused).as("standard input is refused").isNotNull();
        return refused.getMessage();
    }
}
