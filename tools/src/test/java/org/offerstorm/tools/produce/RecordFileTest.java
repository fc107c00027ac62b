package org.offerstorm.tools.produce;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.mapping.FileLayout;
import org.offerstorm.core.mapping.Pointer;
import org.offerstorm.core.parse.Limits;

class RecordFileTest {
    private static final FileLayout USUAL = FileLayout.USUAL;

    // CSV

    @Test
    void a_row_is_an_object_of_its_header_without_blank_cells() throws IOException {
        assertThat(read(
                        "o.csv",
                        "\uFEFF Réf ,\u00A0Intitulé\u200B,,\"a,b\"\r\n1,\"say \"\"hi\"\"\n2\",x, \r\n\r\n2, b ,,c\r\n"))
                .containsExactly(
                        "2 1 {\"Réf\":\"1\",\"Intitulé\":\"say \\\"hi\\\"\\n2\",\"column-3\":\"x\"}",
                        "5 2 {\"Réf\":\"2\",\"Intitulé\":\" b \",\"a,b\":\"c\"}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`id;name\n1;a,b`", //
                "`sep=;\nid;name\n1;a,b`", //
                "`\"sep=;\"\nid;name\n1;a,b`", //
                "`\n\nid|name\n1|a,b`", //
                "`id\tname\n1\ta,b`",
                "`id;\"name\"\r1;a,b\r`",
            })
    void a_header_without_commas_shows_its_delimiter(String text) throws IOException {
        assertThat(read("o.csv", text)).singleElement().asString().endsWith("{\"id\":\"1\",\"name\":\"a,b\"}");
    }

    @Test
    void a_comma_in_the_header_or_the_layout_decide_about_the_delimiter() throws IOException {
        assertThat(read("o.csv", "id,a;b\n1,2;3\n")).containsExactly("2 1 {\"id\":\"1\",\"a;b\":\"2;3\"}");
        assertThat(read("o.csv", "\"a;b\"\n2;3\n")).containsExactly("2 1 {\"a;b\":\"2;3\"}");
        assertThat(read("o.tsv", "id;x\ty\n1\t2\n")).containsExactly("2 1 {\"id;x\":\"1\",\"y\":\"2\"}");
        assertThat(read("o.json", "id^x,y\n1^2\n", new FileLayout(null, null, '^')))
                .containsExactly("2 1 {\"id\":\"1\",\"x,y\":\"2\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"a\":1},\n{\"a\":2}]", "{\"a\":1}\n{\"a\":2}\n", "[\n {\"a\":1},\n {\"a\":2}\n]"})
    void json_with_the_name_of_a_csv_is_json(String text) throws IOException {
        for (String name : List.of("export.csv", "export.tsv", "export.csv.gz")) {
            assertThat(read(name, text))
                    .extracting(record -> record.substring(record.indexOf('{')))
                    .containsExactly("{\"a\":1}", "{\"a\":2}");
        }
    }

    @Test
    void a_header_in_brackets_or_braces_is_one() throws IOException {
        assertThat(read("export.csv", "[a],{b}\n1,2\n")).containsExactly("2 1 {\"[a]\":\"1\",\"{b}\":\"2\"}");
        assertThat(read("export.csv", "{b},[a]\n1,2\n")).containsExactly("2 1 {\"{b}\":\"1\",\"[a]\":\"2\"}");
    }

    @Test
    void a_column_that_is_named_twice_is_refused() {
        assertThatThrownBy(() -> read("o.csv", "\nid,name, id \n1,a,2\n"))
                .isInstanceOf(BadInput.class)
                .hasMessage("o.csv:2: the header names \"id\" twice (columns 1 and 3); rename one of them");
    }

    @Test
    void ragged_rows_and_headers_inside_are_reported_with_their_lines() throws IOException {
        assertThat(read("o.csv", "id;name\n1;a;\n2\n3;c;d\nid;name\n4;\"e\"\n"))
                .containsExactly(
                        "2 1 {\"id\":\"1\",\"name\":\"a\"}",
                        "3 2 - row 2 has 1 cell, the header 2; is a ';' or a line end in a cell not quoted?",
                        "4 3 - row 3 has 3 cells, the header 2; is a ';' or a line end in a cell not quoted?",
                        "5 4 - row 4 is the header again; were files joined?",
                        "6 5 {\"id\":\"4\",\"name\":\"e\"}");
    }

    @Test
    void a_quote_that_is_never_closed_ends_the_file_with_its_line() {
        assertThatThrownBy(() -> read("o.csv", "id,name\n1,a\n2,\"b\n3,c\n"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("o.csv:3: a quote (\") opens a cell in this row and is never closed")
                .hasMessageEndingWith("; the last record read is number 1");
        assertThatThrownBy(() -> read("o.csv", "id,name\n1,\"" + "a\n".repeat(1_100_000)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("is longer than 2097152 characters; is a quote never closed?");
    }

    @Test
    void a_csv_without_header_is_empty() {
        assertThatThrownBy(() -> read("o.csv", "\n \n"))
                .isInstanceOf(BadInput.class)
                .hasMessage("o.csv is empty; a CSV begins with a header that names its columns");
    }

    @Test
    void a_row_that_no_topic_takes_is_reported() throws IOException {
        assertThat(read("o.csv", "id,name\n1," + "x".repeat(Limits.DOCUMENT_BYTES) + "\n2,b\n"))
                .containsExactly(
                        "2 1 - row 1 is longer than 1048576 bytes as JSON", "3 2 {\"id\":\"2\",\"name\":\"b\"}");
    }

    // Encodings

    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "ISO-8859-15", "UTF-16LE", "UTF-16BE", "UTF-32LE", "IBM1047", "Shift_JIS"})
    void a_declared_encoding_is_read(String encoding) throws IOException {
        FileLayout layout = new FileLayout(null, encoding, (char) 0);
        String text =
                encoding.equals("Shift_JIS") ? "求人" : "Münster œ".substring(0, encoding.startsWith("IBM") ? 7 : 9);
        for (String json :
                List.of("{\"id\":\"1\",\"name\":\"" + text + "\"}", "[{\"id\":\"1\",\"name\":\"" + text + "\"}]")) {
            assertThat(read("o", json.getBytes(Charset.forName(encoding)), layout))
                    .containsExactly("1 1 {\"id\":\"1\",\"name\":\"" + text + "\"}");
        }
        assertThat(read("o.csv", ("id;name\n1;" + text + "\n").getBytes(Charset.forName(encoding)), layout))
                .containsExactly("2 1 {\"id\":\"1\",\"name\":\"" + text + "\"}");
    }

    @Test
    void a_byte_order_mark_names_the_encoding() throws IOException {
        for (Charset charset :
                List.of(UTF_8, UTF_16LE, UTF_16BE, Charset.forName("UTF-32LE"), Charset.forName("UTF-32BE"))) {
            for (String declared :
                    Arrays.asList(null, charset.name(), charset.name().replaceFirst("[BL]E$", ""))) {
                FileLayout layout = new FileLayout(null, declared, (char) 0);
                assertThat(read("o.csv", "\uFEFFid\tname\n1\té😀\n".getBytes(charset), layout))
                        .containsExactly("2 1 {\"id\":\"1\",\"name\":\"é😀\"}");
                assertThat(read("o", "\uFEFF{\"id\":\"é😀\"}".getBytes(charset), layout))
                        .containsExactly("1 1 {\"id\":\"é😀\"}");
            }
        }
    }

    @Test
    void a_mark_of_another_encoding_than_the_declared_is_refused() {
        assertThatThrownBy(() ->
                        read("o.csv", "\uFEFFid\n1".getBytes(UTF_8), new FileLayout(null, "windows-1252", (char) 0)))
                .isInstanceOf(BadInput.class)
                .hasMessage("o.csv begins with a byte order mark of UTF-8, and the mapping says windows-1252; correct"
                        + " 'encoding' under 'file:', or omit it");
    }

    @Test
    void an_unknown_encoding_is_named() {
        for (String name : List.of("latin-99", "", "é")) {
            assertThatThrownBy(() -> read("o.csv", "id\n1", new FileLayout(null, name, (char) 0)))
                    .isInstanceOf(BadInput.class)
                    .hasMessageStartingWith(
                            "o.csv: the encoding \"" + (name.equals("é") ? "é" : name) + "\" is not known");
        }
    }

    @Test
    void a_wide_encoding_that_nothing_names_is_refused_with_what_to_write() {
        assertThatThrownBy(() -> read("o.csv", "id;name\n1;2\n".getBytes(UTF_16LE), USUAL))
                .isInstanceOf(BadInput.class)
                .hasMessage("o.csv is UTF-16 without a byte order mark; write 'encoding: UTF-16LE' under 'file:' in the"
                        + " mapping");
    }

    /** The rows before are read; nothing is replaced. */
    @Test
    void a_byte_that_the_encoding_does_not_have_ends_the_file_with_its_place() throws IOException {
        byte[] text = "id,name\n1,a\n2,M\u00FCnster\n3,c\n".getBytes(ISO_8859_1);
        assertThatThrownBy(() -> read("o.csv", text, USUAL))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "o.csv:3: byte 0xFC, the file's byte 15, is not UTF-8; if the file is in Latin-1 or the like,"
                                + " write 'encoding: windows-1252' under 'file:' in the mapping; the last record read is number 1");
        text[15] = (byte) 0x81;
        assertThatThrownBy(() -> read("o.csv", text, new FileLayout(null, "windows-1252", (char) 0)))
                .hasMessageStartingWith(
                        "o.csv:3: byte 0x81, the file's byte 15, is not windows-1252; name the file's real"
                                + " encoding");
        byte[] halfPair = "[{\"a\":\"?\"}]".getBytes(UTF_16LE);
        halfPair[15] = (byte) 0xD8;
        assertThatThrownBy(() -> read("o", halfPair, new FileLayout(null, "UTF-16LE", (char) 0)))
                .hasMessageStartingWith("o:1: byte 0x3F, the file's byte 14, is not UTF-16LE");
    }

    @Test
    void a_character_cut_at_the_end_is_an_error() {
        byte[] cut = Arrays.copyOf("id\né".getBytes(UTF_8), 4);
        assertThatThrownBy(() -> read("o.csv", cut, USUAL)).hasMessageStartingWith("o.csv:2: byte 0xC3");
    }

    @Test
    void a_long_text_is_decoded_over_the_ends_of_buffers() throws IOException {
        String text = "é😀x".repeat(20_001);
        for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16BE)) {
            assertThat(read(
                            "o",
                            ("{\"a\":\"" + text + "\"}").getBytes(charset),
                            new FileLayout(null, charset.name(), (char) 0)))
                    .containsExactly("1 1 {\"a\":\"" + text + "\"}");
        }
    }

    // JSON

    @Test
    void an_array_at_the_top_gives_its_objects_as_they_are() throws IOException {
        assertThat(read(
                        "o.json",
                        " [ {\"a\" : 1.50, \"b\":[{}]} ,\n{\"a\":\"\\ud83d\", \"a\":2}, 7, null, \"t\",\n[1], {}]"))
                .containsExactly(
                        "1 1 {\"a\" : 1.50, \"b\":[{}]}",
                        "2 2 {\"a\":\"\\ud83d\", \"a\":2}",
                        "2 3 - the element is a number, not an object",
                        "2 4 - the element is null, not an object",
                        "2 5 - the element is a text, not an object",
                        "3 6 - the element is an array, not an object",
                        "3 7 {}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "/data/items, `{\"n\":[{}],\"data\":{\"x\":{\"items\":[{}]},\"items\":[{\"a\":1},{\"a\":2}],\"y\":[{}]}}`",
                "items, `{\"items\":[{\"a\":1},{\"a\":2}],\"next\":null}`",
                "/pages/1/items, `{\"pages\":[{\"items\":[{}]},{\"items\":[{\"a\":1},{\"a\":2}]},{\"items\":[{}]}]}`",
                "/0/items, `[{\"items\":[{\"a\":1},{\"a\":2}]},{\"items\":[{\"a\":3}]}]`",
                "/*/jobs, `[{\"jobs\":[{\"a\":1}]},{\"x\":1},{\"jobs\":[{\"a\":2}]}]`",
                "/jobs/*, `{\"jobs\":{\"x\":{\"a\":1},\"y\":{\"a\":2}}}`",
                "/a~1b/c~0d, `{\"a/b\":{\"c~d\":[{\"a\":1},{\"a\":2}]}}`",
                "items, `{\"items\":[{\"a\":1}]}\n{\"items\":[{\"a\":2}]}`",
            })
    void a_pointer_leads_to_the_array(String pointer, String text) throws IOException {
        assertThat(read("o.json", text, new FileLayout(Pointer.of(pointer), null, (char) 0)))
                .extracting(line -> line.substring(line.indexOf('{')))
                .containsExactly("{\"a\":1}", "{\"a\":2}");
    }

    @Test
    void a_pointer_that_leads_nowhere_is_named() {
        assertThatThrownBy(() -> read(
                        "o.json", "{\"data\":{\"jobs\":[{}]}}", new FileLayout(Pointer.of("/data/items"), null, (char)
                                0)))
                .isInstanceOf(BadInput.class)
                .hasMessage("o.json has no array at /data/items; correct 'records' under 'file:' in the mapping");
        assertThatThrownBy(() -> read("o.json", "{\n\"data\":{}}", new FileLayout(Pointer.of("data"), null, (char) 0)))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("o.json:2: data is not an array; ");
    }

    @Test
    void objects_over_several_lines_follow_each_other() throws IOException {
        assertThat(read("o.json", "{\n  \"a\": 1\n}\n{\n  \"a\": 2\n}\n"))
                .containsExactly("1 1 {\n  \"a\": 1\n}", "4 2 {\n  \"a\": 2\n}");
        assertThat(read("o.json", "{\"a\": 1}\r{\"a\":2}\r")).hasSize(2);
    }

    @Test
    void a_line_that_is_broken_does_not_keep_the_others() throws IOException {
        assertThat(read("o.ndjson", "{\"a\":1}\r\n\n[1]\n{\"a\":\n \nnull\n{\"a\":2}"))
                .containsExactly(
                        "1 1 {\"a\":1}",
                        "3 2 - the line is not a JSON object",
                        "4 3 {\"a\":",
                        "6 4 - the line is not a JSON object",
                        "7 5 {\"a\":2}");
    }

    @Test
    void json_that_is_cut_or_broken_is_named_with_line_and_record() {
        assertThatThrownBy(() -> read("o.json", "[{\"a\":1},\n{\"a\":2"))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "o.json:2: the JSON is cut: it ends in the middle. Was a download or a copy broken off?; the last"
                                + " record read is number 1");
        assertThatThrownBy(() -> read("o.json", "[{\"a\":1},\n{'a':2}]"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("o.json:2: not JSON: Unexpected character (''' (code 39))")
                .hasMessageEndingWith("; the last record read is number 1");
    }

    @Test
    void a_record_of_any_length_is_passed_by_in_bounded_memory() throws IOException {
        String small = "{\"a\":\"" + "é".repeat(5_000) + "\"}";
        String largest = "{\"a\":\"" + "x".repeat(Limits.DOCUMENT_BYTES - 8) + "\"}";
        String tooLong = "{\"a\":\"" + "x".repeat(Limits.DOCUMENT_BYTES - 7) + "\"}";
        for (String text : List.of(
                "[" + small + "," + largest + "," + tooLong + "," + small + "]",
                "[" + tooLong + "," + largest + "," + small + "," + small + "]")) {
            assertThat(read("o.json", text))
                    .filteredOn(line -> line.endsWith("longer than 1048576 bytes"))
                    .hasSize(1);
            assertThat(read("o.json", text))
                    .filteredOn(line -> line.endsWith(small))
                    .hasSize(2);
            assertThat(read("o.json", text))
                    .filteredOn(line -> line.endsWith(largest))
                    .hasSize(1);
        }
    }

    /** 300 MiB of records, and as much before and after them, with 16 MiB more than the heap has already. */
    @Test
    void an_array_of_any_length_is_streamed() throws IOException {
        byte[] record = ("{\"a\":\"" + "x".repeat(1000) + "\"},").getBytes(UTF_8);
        int records = 100_000;
        InputStream in = new Repeated(
                "{\"other\":[",
                record,
                records,
                "0],\"items\":[",
                record,
                records,
                "0],\"more\":[",
                record,
                records,
                "0]}");
        long count = 0;
        try (RecordFile file =
                RecordFile.open(in, "o.json", new FileLayout(Pointer.of("items"), null, (char) 0), InputFormat.AUTO)) {
            for (FileRecord found = file.next(); found != null; found = file.next()) {
                count += found instanceof FileRecord.Value value && value.json().length == record.length - 1 ? 1 : 0;
            }
        }
        assertThat(count).isEqualTo(records);
    }

    // Compressed

    @Test
    void compressed_files_are_read_to_the_end_of_their_last_part() throws IOException {
        byte[] first = "id;name\n1;a\n".getBytes(UTF_8);
        byte[] second = "2;b\n".getBytes(UTF_8);
        for (byte[] packed : List.of(join(Lines.gzip(first), Lines.gzip(second)), join(zstd(first), zstd(second)))) {
            assertThat(read("o.csv.any", packed, USUAL))
                    .containsExactly("2 1 {\"id\":\"1\",\"name\":\"a\"}", "3 2 {\"id\":\"2\",\"name\":\"b\"}");
        }
    }

    @Test
    void damaged_zstd_data_are_an_error_with_the_record_reached() throws IOException {
        StringBuilder text = new StringBuilder("id;name\n");
        for (int i = 1; i <= 200_000; i++) {
            text.append(i).append(";name ").append(i * 7919L % 1_000_003).append('\n');
        }
        byte[] packed = zstd(text.toString().getBytes(UTF_8));
        assertThatThrownBy(() -> read("o.csv.zst", Arrays.copyOf(packed, packed.length - 9), USUAL))
                .isInstanceOf(BadInput.class)
                .hasMessageMatching(
                        "o.csv.zst is cut or has broken zstd data after line \\d+ \\(.*\\); check it with zstd -t;"
                                + " the last record read is number \\d+");
        packed[packed.length / 2] ^= 0x55;
        assertThatThrownBy(() -> read("o.csv.zst", packed, USUAL)).isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> read("o.zst", Arrays.copyOf(packed, 5), USUAL)).isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> read("o.zst", join(zstd("id\n1\n".getBytes(UTF_8)), "id\n".getBytes(UTF_8)), USUAL))
                .isInstanceOf(BadInput.class);
    }

    @Test
    void what_is_not_text_is_named() {
        assertThatThrownBy(() -> read("o.csv", Lines.gzip(Lines.gzip("id".getBytes(UTF_8))), USUAL))
                .hasMessageContaining("gzip data");
        assertThatThrownBy(() -> read("o.csv", "<!doctype html><html>")).hasMessageContaining("a web page (HTML)");
        assertThatThrownBy(() -> read("o", "%PDF-1.7")).hasMessageContaining("a PDF");
        assertThatThrownBy(() -> read("o.xlsx", "PK\u0003\u0004")).hasMessageContaining("zip");
    }

    @Test
    void the_layout_that_was_found_can_be_asked_for() throws IOException {
        try (RecordFile file = open("o.csv", "\uFEFFid;name\n".getBytes(UTF_16LE), USUAL)) {
            assertThat(file.form()).isEqualTo(RecordFile.Form.CSV);
            assertThat(file.layout()).isEqualTo(new FileLayout(null, "UTF-16LE", ';'));
        }
        try (RecordFile file = open("o", "[]".getBytes(UTF_8), USUAL)) {
            assertThat(file.form()).isEqualTo(RecordFile.Form.JSON);
            assertThat(file.layout()).isEqualTo(new FileLayout(null, "UTF-8", (char) 0));
        }
        try (RecordFile file = open("o", new byte[0], USUAL)) {
            assertThat(file.form()).isEqualTo(RecordFile.Form.JSON_LINES);
            assertThat(file.next()).isNull();
        }
    }

    private static List<String> read(String name, String text) throws IOException {
        return read(name, text, USUAL);
    }

    private static List<String> read(String name, String text, FileLayout layout) throws IOException {
        return read(name, text.getBytes(UTF_8), layout);
    }

    /** Each {@code line number json}, or {@code line number - why}. */
    private static List<String> read(String name, byte[] bytes, FileLayout layout) throws IOException {
        List<String> lines = new ArrayList<>();
        try (RecordFile file = open(name, bytes, layout)) {
            for (FileRecord found = file.next(); found != null; found = file.next()) {
                lines.add(found.line() + " " + found.number() + " "
                        + (found instanceof FileRecord.Value value
                                ? new String(value.json(), UTF_8)
                                : "- " + ((FileRecord.Unreadable) found).why()));
            }
        }
        return lines;
    }

    private static RecordFile open(String name, byte[] bytes, FileLayout layout) throws IOException {
        return RecordFile.open(new ByteArrayInputStream(bytes), name, layout, InputFormat.AUTO);
    }

    private static byte[] zstd(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZstdCompressorOutputStream zstd = new ZstdCompressorOutputStream(out)) {
            zstd.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** Texts, and records that are repeated, without holding them. */
    private static final class Repeated extends InputStream {
        private final Object[] parts;
        private int part;
        private int repeated;
        private byte[] now = new byte[0];
        private int at;

        Repeated(Object... parts) {
            this.parts = parts;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] to, int offset, int length) {
            while (at == now.length) {
                if (repeated > 0) {
                    repeated--;
                } else if (part == parts.length) {
                    return -1;
                } else if (parts[part] instanceof String text) {
                    now = text.getBytes(UTF_8);
                    part++;
                } else {
                    now = (byte[]) parts[part];
                    repeated = (Integer) parts[part + 1] - 1;
                    part += 2;
                }
                at = 0;
            }
            int n = Math.min(length, now.length - at);
            System.arraycopy(now, at, to, offset, n);
            at += n;
            return n;
        }
    }
}
