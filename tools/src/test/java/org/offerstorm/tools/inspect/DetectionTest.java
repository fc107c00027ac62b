package org.offerstorm.tools.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.mapping.FileLayout;
import org.offerstorm.core.mapping.Pointer;

class DetectionTest {
    private static final String GERMAN = "Titel;Ort;Breite\r\nBäcker;Köln;50,9375\r\nPfleger, Koch;Würzburg;49,79\r\n";

    @TempDir
    private Path directory;

    @Test
    void latin_1_with_semicolons_and_decimal_commas() throws IOException {
        Path file = write("a.csv", GERMAN.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(Detection.of(file))
                .isEqualTo(new Detection(new FileLayout(null, "windows-1252", ';'), "", "windows-1252"));
        assertThat(texts(file))
                .containsExactly(
                        "{\"Titel\":\"Bäcker\",\"Ort\":\"Köln\",\"Breite\":\"50,9375\"}",
                        "{\"Titel\":\"Pfleger, Koch\",\"Ort\":\"Würzburg\",\"Breite\":\"49,79\"}");
    }

    @Test
    void bytes_that_windows_1252_lacks_make_it_latin_1() {
        byte[] euro = "a;b\n€;“x”\n".getBytes(Charset.forName("windows-1252"));
        byte[] control = "a;b\n\u0081;é\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(layout(euro).encoding()).isEqualTo("windows-1252");
        assertThat(layout(control).encoding()).isEqualTo("ISO-8859-1");
    }

    @Test
    void utf_8_needs_no_word_with_or_without_mark() {
        assertThat(layout("a,b\né,ü\n".getBytes(StandardCharsets.UTF_8))).isEqualTo(FileLayout.USUAL);
        assertThat(layout("\uFEFFa,b\né,ü\n".getBytes(StandardCharsets.UTF_8))).isEqualTo(FileLayout.USUAL);
    }

    @Test
    void utf_8_that_is_cut_within_a_character_is_utf_8() {
        byte[] bytes = "a,b\nx,é".getBytes(StandardCharsets.UTF_8);
        byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);

        assertThat(Detection.of(cut, "", true, "x").layout().encoding()).isNull();
        assertThat(Detection.of(cut, "", false, "x").layout().encoding()).isEqualTo("windows-1252");
    }

    @Test
    void utf_16_needs_a_word_only_without_mark() throws IOException {
        Path marked = write("m.csv", ("\uFEFF" + GERMAN).getBytes(StandardCharsets.UTF_16LE));
        Path bare = write("b.csv", GERMAN.getBytes(StandardCharsets.UTF_16BE));

        assertThat(Detection.of(marked))
                .isEqualTo(new Detection(new FileLayout(null, null, ';'), "", "UTF-16LE with byte order mark"));
        assertThat(Detection.of(bare).layout()).isEqualTo(new FileLayout(null, "UTF-16BE", ';'));
        assertThat(texts(marked)).isEqualTo(texts(bare)).hasSize(2);
    }

    @Test
    void delimiters() {
        assertThat(layout("a\tb\n1,5\tx\n2,5\ty\n".getBytes(StandardCharsets.UTF_8))
                        .delimiter())
                .isEqualTo('\t');
        assertThat(layout("a|b|c\nx, y|2|3\n".getBytes(StandardCharsets.UTF_8)).delimiter())
                .isEqualTo('|');
        assertThat(layout("a,b\n\"x;y;z\",1\n".getBytes(StandardCharsets.UTF_8)).delimiter())
                .isEqualTo((char) 0);
        assertThat(layout("sep=;\na;b\n1,0;2\n".getBytes(StandardCharsets.UTF_8))
                        .delimiter())
                .isEqualTo(';');
        assertThat(Detection.of("title\nCook\n".getBytes(StandardCharsets.UTF_8), "", false, "x.tsv")
                        .layout()
                        .delimiter())
                .as("a name that says so")
                .isEqualTo('\t');
        assertThat(layout("title\nCook\n".getBytes(StandardCharsets.UTF_8)).delimiter())
                .isEqualTo((char) 0);
    }

    @Test
    void lines_that_end_in_a_carriage_return_alone() throws IOException {
        Path file = write("a.csv", "title,city\rCook,Rome\rBaker,Pisa\r".getBytes(StandardCharsets.UTF_8));

        assertThat(texts(file))
                .containsExactly("{\"title\":\"Cook\",\"city\":\"Rome\"}", "{\"title\":\"Baker\",\"city\":\"Pisa\"}");
    }

    @Test
    void a_quoted_header_with_line_breaks() throws IOException {
        Path file = write("a.csv", "\"job\ntitle\";\"city;town\"\nCook;Rome\n".getBytes(StandardCharsets.UTF_8));

        assertThat(Detection.of(file).layout().delimiter()).isEqualTo(';');
        assertThat(texts(file)).containsExactly("{\"job\\ntitle\":\"Cook\",\"city;town\":\"Rome\"}");
    }

    @Test
    void json_of_each_form() {
        assertThat(layout("{\"a\":1}\n{\"a\":2}\n".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(FileLayout.USUAL);
        assertThat(layout(" [{\"a\":1}]".getBytes(StandardCharsets.UTF_8))).isEqualTo(FileLayout.USUAL);
        assertThat(layout("{\"a\":1,\"tags\":[{\"n\":1}]}\n".getBytes(StandardCharsets.UTF_8)))
                .as("one record with one tag")
                .isEqualTo(FileLayout.USUAL);
        assertThat(layout("{\"meta\":{\"x\":[1,2]},\"d\":{\"list\":[{\"a\":[{},{},{}]},{\"a\":2}]}}"
                                .getBytes(StandardCharsets.UTF_8))
                        .records())
                .isEqualTo(Pointer.of("/d/list"));
        assertThat(layout("{\"links\":[{},{},{}],\"results\":[{\"a\":1}]}".getBytes(StandardCharsets.UTF_8))
                        .records())
                .as("a telling name counts more than the number")
                .isEqualTo(Pointer.of("results"));
    }

    @Test
    void a_long_document_of_which_only_the_start_is_seen() {
        String start = "{\"items\":[" + "{\"a\":1},".repeat(10);

        assertThat(Detection.of(start.getBytes(StandardCharsets.UTF_8), "", true, "x")
                        .layout()
                        .records())
                .isEqualTo(Pointer.of("items"));
    }

    @Test
    void gzip_and_zstandard_are_looked_into() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzip)) {
            out.write(GERMAN.getBytes(StandardCharsets.ISO_8859_1));
        }
        ByteArrayOutputStream zstd = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(zstd)) {
            out.write(GERMAN.getBytes(StandardCharsets.ISO_8859_1));
        }
        FileLayout layout = new FileLayout(null, "windows-1252", ';');

        assertThat(Detection.of(write("a.csv.gz", gzip.toByteArray())))
                .isEqualTo(new Detection(layout, "gzip", "windows-1252"));
        assertThat(Detection.of(write("a.csv.zst", zstd.toByteArray())))
                .isEqualTo(new Detection(layout, "zstd", "windows-1252"));
    }

    private List<String> texts(Path file) throws IOException {
        return DataSample.of(file, Detection.of(file), 100).records().stream()
                .map(json -> new String(json, StandardCharsets.UTF_8))
                .toList();
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    private static FileLayout layout(byte[] bytes) {
        return Detection.of(bytes, "", false, "x").layout();
    }
}
