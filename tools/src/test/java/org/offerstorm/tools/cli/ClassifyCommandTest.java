package org.offerstorm.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ClassifyCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "0, 0, UNKNOWN",
        "21.3, -157.8, OC",
        "4.93, -52.33, SA",
        "41.01, 28.95, EU",
        "41.02, 29.03, AS",
        "-89.9, 0, AN",
        "-34.6, -58.4, SA",
        "48.0, -8.0, UNKNOWN",
        "-1e1, -.5e2, SA"
    })
    void prints_the_continent_of_a_point_also_in_the_south_and_west(
            String latitude, String longitude, String continent) {
        assertThat(run("", latitude, longitude)).isZero();
        assertThat(out.toString()).startsWith(continent).contains("how: ", "continent: ");
    }

    @Test
    void says_how_the_answer_was_found() {
        run("", "50.6", "-2.9");
        assertThat(out.toString())
                .matches("(?s)EU \\(Europe\\)\\R  how: nearest land, \\d+\\.\\d km\\R"
                        + "  nearest other continent: AF \\(Africa\\), \\d+\\.\\d km\\R");
    }

    @Test
    void works_under_the_root_command() {
        CommandLine line =
                ToolCommands.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
        assertThat(line.execute("classify", "-89.9", "-157.8")).isZero();
        assertThat(line.execute("classify", "91", "0")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"91, 0", "0, -180.1", "NaN, 0", "0, Infinity", "x, 0", "--cvs, 0", "'', 0"})
    void refuses_what_is_not_a_position(String latitude, String longitude) {
        assertThat(run("", latitude, longitude)).isEqualTo(2);
        assertThat(err.toString()).isNotBlank();
    }

    @Test
    void refuses_half_a_point_and_unknown_columns() {
        assertThat(run("", "1")).isEqualTo(2);
        assertThat(run("", "1", "2", "3")).isEqualTo(2);
        assertThat(run("lat,lon\n1,2\n", "--csv", "lat")).isEqualTo(2);
        assertThat(run("lat,lon\n1,2\n", "--csv", "lat,long")).isEqualTo(2);
        assertThat(err.toString()).contains("no column 'long'; it reads: lat,lon");
        assertThat(run("lat,lon,lat\n1,2,3\n", "--csv", "lat,lon")).isEqualTo(2);
        assertThat(err.toString()).contains("more than one column 'lat'");
        assertThat(run("", "--csv", "lat,lon")).isEqualTo(2);
        assertThat(run("lat,lon\n", "--csv", "lat,lon", "1", "2")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void what_is_not_csv_is_named_with_what_to_type() {
        assertThat(run(new String(new char[] {'B', 'Z', 'h', '9', '1', 'A', 'Y', '&', 'S', 'Y'}), "--csv", "lat,lon"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("is bzip2 data, not CSV", "bzip2 -dc | ./offerstorm classify --csv lat,lon");
        assertThat(run("l\0a\0t\0,\0l\0o\0n\0\n\0", "--csv", "lat,lon")).isEqualTo(2);
        assertThat(err.toString()).contains("iconv -f UTF-16LE -t UTF-8");
        assertThat(run("\"lat\";\"lon\"\n\"1,5\";\"2\"\n", "--csv", "lat,lon")).isEqualTo(2);
        assertThat(err.toString()).contains("the columns are separated by ';'");
        assertThat(run("[{\"lat\":1,\"lon\":2}]", "--csv", "lat,lon")).isEqualTo(2);
        assertThat(err.toString()).contains("one JSON array, not CSV");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void any_blanks_around_names_and_numbers_and_the_separator_line_of_excel_are_understood() {
        assertThat(run("sep=,\n\u00A0lat\u200B,lon\n\u00A048.86\u202F,2.35\n", "--csv", "lat,lon"))
                .isZero();
        assertThat(out.toString())
                .isEqualTo("sep=,\n\u00A0lat\u200B,lon,continent,how,km\n\u00A048.86\u202F,2.35,EU,inside,0\n");
    }

    @Test
    void keeps_every_row_as_it_is_and_adds_three_columns() {
        String csv = "\uFEFF\"lon\",name,lat\r\n"
                + "2.35,\"Paris, \"\"the\nlight\"\"\",48.86\r\n"
                + "\r\n"
                + "\" -157.8 \",=1+1;é,\"21.3\"\n"
                + ",,\n"
                + "0,5 \"inch\",0\n"
                + "-2.9,x,50.6";
        assertThat(run(csv, "--csv", "lat,lon")).isZero();
        assertThat(out.toString())
                .matches("(?s)\uFEFF\"lon\",name,lat,continent,how,km\r\n"
                        + "2.35,\"Paris, \"\"the\nlight\"\"\",48.86,EU,inside,0\r\n"
                        + "\r\n"
                        + "\" -157.8 \",=1\\+1;é,\"21.3\",OC,nearest land,[\\d.]+\n|.*")
                .contains("=1+1;é,\"21.3\",OC,")
                .contains(",,,UNKNOWN,no position,\n")
                .contains("0,5 \"inch\",0,UNKNOWN,null island,5")
                .containsPattern("-2.9,x,50.6,EU,nearest land,\\d+(\\.\\d)?\n$");
        assertThat(err.toString()).contains("classified 5 rows", "rows/s; 0 without");
    }

    @Test
    void marks_rows_that_have_no_valid_position_and_goes_on() {
        String csv = "id,lat,lon\n1,91,0\n2,NaN,0\n3,0x1p3,0\n4,1d,0\n5\n6,1,2,3\n7,,5\n8,\u001b[2J,5\n9,48.86,2.35\n";
        assertThat(run(csv, "--csv", "lat,lon")).isEqualTo(1);
        assertThat(out.toString().lines())
                .containsExactly(
                        "id,lat,lon,continent,how,km",
                        "1,91,0,,invalid,",
                        "2,NaN,0,,invalid,",
                        "3,0x1p3,0,,invalid,",
                        "4,1d,0,,invalid,",
                        "5,,,,invalid,",
                        "6,1,2,3,,invalid,",
                        "7,,5,,invalid,",
                        "8,\u001b[2J,5,,invalid,",
                        "9,48.86,2.35,EU,inside,0");
        assertThat(err.toString())
                .contains(
                        "line 2: latitude 91.0 is not within -90 to 90", "line 9: '?[2J' is not a number", "8 without")
                .doesNotContain("\u001b");
    }

    @Test
    void an_open_quote_ends_as_an_invalid_row() {
        assertThat(run("lat,lon\n1,\"2\n", "--csv", "lat,lon")).isEqualTo(1);
        assertThat(out.toString()).endsWith("1,\"2\n\",,invalid,\n");
        assertThat(err.toString()).contains("line 2: the input ends within quotes");
    }

    @Test
    void keeps_bytes_of_any_encoding() {
        byte[] csv = {'n', ',', 'a', ',', 'b', '\n', (byte) 0xE9, (byte) 0xFF, ',', '1', ',', '2', '\n'};
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CommandLine line = new CommandLine(new ClassifyCommand(new ByteArrayInputStream(csv), bytes))
                .setErr(new PrintWriter(err, true));
        assertThat(line.execute("--csv", "a,b")).isZero();
        assertThat(bytes.toByteArray()).contains((byte) 0xE9, (byte) 0xFF);
    }

    @Test
    @SuppressWarnings("InputStreamSlowMultibyteRead") // a byte at a time will do
    void streams_an_endless_row_ends_with_a_message_and_a_closed_pipe_without() {
        InputStream endless = new InputStream() {
            private long n;

            @Override
            public int read() {
                return n < 8 ? "lat,lon\n".charAt((int) n++) : '"';
            }
        };
        CommandLine line = new CommandLine(new ClassifyCommand(endless, OutputStream.nullOutputStream()))
                .setErr(new PrintWriter(err, true));
        assertThat(line.execute("--csv", "lat,lon")).isEqualTo(3);
        assertThat(err.toString()).contains("longer than");

        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        InputStream rows = new ByteArrayInputStream("lat,lon\n1,2\n".getBytes(StandardCharsets.UTF_8));
        line = new CommandLine(new ClassifyCommand(rows, broken)).setErr(new PrintWriter(err, true));
        assertThat(line.execute("--csv", "lat,lon")).isEqualTo(141);
        assertThat(err.toString()).doesNotContain("pipe");
    }

    private int run(String input, String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ClassifyCommand command =
                new ClassifyCommand(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), bytes);
        int code = new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        out.append(bytes.toString(StandardCharsets.UTF_8));
        return code;
    }
}
