package org.offerstorm.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.tools.produce.InputFormat;
import org.offerstorm.tools.produce.InputSource;

class GenerateCommandTest {
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void a_name_with_gz_gives_a_compressed_file() throws IOException {
        Path file = directory.resolve("o.ndjson.gz");
        assertThat(run("--count=100", "--out=" + file)).isZero();
        int lines = 0;
        try (InputSource source = InputSource.open(file, InputFormat.AUTO)) {
            while (source.reader().next() != null) {
                lines++;
            }
        }
        assertThat(lines).isEqualTo(100);
        assertThat(err.toString()).contains("100 lines to " + file);
    }

    @Test
    void another_table_of_professions_gives_other_offers() throws IOException {
        Path table = Files.writeString(directory.resolve("p.csv"), "id,name,category_name\n5,Falconry,Birds\n");
        Path file = directory.resolve("o.ndjson");
        Path expected = directory.resolve("expected.csv");
        assertThat(run("--count=200", "--professions=" + table, "--out=" + file, "--expected=" + expected))
                .isZero();
        assertThat(file).content().contains("Falconry", "\"profession_id\":5");
        assertThat(expected)
                .content()
                .startsWith("category,continent,count\n(none),")
                .contains("Birds,AF,");
    }

    @Test
    void what_cannot_be_written_is_reported_with_the_file_and_the_reason() throws IOException {
        Path missing = directory.resolve("no/such/folder.ndjson");
        assertThat(run("--out=" + missing)).isEqualTo(3);
        assertThat(err.toString())
                .contains("generate: cannot write to " + missing + ": no such directory")
                .doesNotContain("Usage");
        assertThat(run("--count=1", "--out=" + directory.resolve("o"), "--expected=" + directory))
                .isEqualTo(3);
        assertThat(err.toString()).contains("cannot write to " + directory + ": ");
    }

    @Test
    void what_cannot_be_read_is_bad_usage() throws IOException {
        Path table = Files.writeString(directory.resolve("p.csv"), "id,name,category_name\n5,Falconry,a|b\n");
        assertThat(run("--professions=" + table)).isEqualTo(2);
        assertThat(err.toString()).contains("p.csv:2:", "'|'");
        assertThat(run("--count=-1")).isEqualTo(2);
        assertThat(run("--seed=x")).isEqualTo(2);
        assertThat(run("--profile=odd")).isEqualTo(2);
        assertThat(err.toString()).contains("'--profile': 'odd' is not a choice; write spread or real");
        assertThat(run("--corrections=60", "--bad=40")).isEqualTo(2);
        assertThat(err.toString()).contains("below 100 together");
        assertThat(run("--rate=-1")).isEqualTo(2);
    }

    private int run(String... arguments) {
        String[] all =
                Stream.concat(Stream.of("generate"), Stream.of(arguments)).toArray(String[]::new);
        return ToolCommands.commandLine().setErr(new PrintWriter(err, true)).execute(all);
    }
}
