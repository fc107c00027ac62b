package org.offerstorm.tools.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.OfferParser;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.Reason;

class NdjsonReaderTest {
    @Test
    void a_line_is_the_value_verbatim_and_its_id_the_key() throws IOException {
        assertThat(read(" {\"name\":\"Café \\t\", \"id\":\"a/1 é\"} \r\n\n{\"id\":42,\"x\":{\"id\":\"no\"}}"))
                .containsExactly(
                        "1 a/1 é  {\"name\":\"Café \\t\", \"id\":\"a/1 é\"} ",
                        "3 42 {\"id\":42,\"x\":{\"id\":\"no\"}}");
    }

    @Test
    void an_object_with_exactly_id_and_deleted_is_a_deletion() throws IOException {
        assertThat(read("{\"id\":\"a\",\"deleted\":true}\n{ \"deleted\" : true, \"id\" : \"b\" }\n"))
                .containsExactly("1 a DELETED", "2 b DELETED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"a\",\"deleted\":false}",
                "{\"id\":\"a\",\"deleted\":\"true\"}",
                "{\"id\":\"a\",\"deleted\":true,\"name\":\"n\"}",
                "{\"id\":\"a\",\"deleted\":true,\"deleted\":true}",
                "{\"id\":\"a\",\"deleted\":true}{}",
                "{\"id\":\"a\",\"deleted\":true",
                "{\"id\":\"a\",\"id\":\"b\"}",
                "{\"id\":\"a\"}",
            })
    void anything_else_is_none_and_goes_to_the_topic_as_it_is(String line) throws IOException {
        assertThat(read(line)).containsExactly("1 a " + line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"a\",\"name\":\"cut",
                "{\"id\":\"a\",\"name\":NaN}",
                "{\"name\":\"x\",\"name\":\"y\",\"id\":\"a\"}",
                "{\"id\":\"a\"} trailing",
                "{\"id\":\"a\",}",
            })
    void a_line_that_breaks_behind_its_id_goes_to_the_topic_for_the_dead_letters(String line) throws IOException {
        assertThat(read(line)).containsExactly("1 a " + line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"n\"}",
                "{\"name\":NaN,\"id\":\"a\"}",
                "{\"id\":null}",
                "{\"id\":\"\"}",
                "{\"id\":\"  \"}",
                "{\"id\":[\"a\"]}",
                "{\"id\":1.5}",
                "{\"id\":true}",
                "{\"x\":{\"id\":\"a\"}}",
                "[{\"id\":\"a\"}]",
                "\"a\"",
                "a,b,c",
                "{\"id\":\"\\ud800\",\"deleted\":true}",
                "{\"deleted\":true,\"deleted\":true}",
                "{",
                "\u0000\u0000",
            })
    void a_line_without_id_is_skipped_with_its_number_and_the_next_is_read(String line) throws IOException {
        List<String> lines = read("{\"id\":\"first\"}\n" + line + "\n{\"id\":\"last\"}\n");
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).startsWith("2 SKIPPED no id");
        assertThat(lines.get(2)).startsWith("3 last");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":\"a\\tb\",\"deleted\":true}", "{\"id\":\"a\\tb\",\"name\":\"n\"}"})
    void an_id_with_a_control_character_is_sent_for_the_pipeline_to_refuse_visibly(String line) throws IOException {
        try (InputSource source = Lines.open(line.getBytes(UTF_8), InputFormat.NDJSON)) {
            Input.Item item = (Input.Item) source.reader().next();
            ParseResult result =
                    new OfferParser().parse(new SourceRecord(new SourcePosition(0, 0, 0), item.key(), item.value()));
            assertThat(((ParseResult.Rejected) result).reason()).isEqualTo(Reason.BAD_TEXT);
        }
    }

    /** C1 A1 is an overlong "a", which Jackson reads as one: the deletion would be of another offer. */
    @Test
    void a_line_that_is_not_utf8_is_not_a_deletion() throws IOException {
        byte[] line = "{\"id\":\"__\",\"deleted\":true}".getBytes(UTF_8);
        line[7] = (byte) 0xC1;
        line[8] = (byte) 0xA1;
        assertThat(Lines.read(Lines.open(line, InputFormat.NDJSON)))
                .hasSize(1)
                .noneMatch(text -> text.contains("DELETED"));
    }

    @Test
    void a_line_of_1_mib_is_read_and_a_longer_one_skipped_without_being_held() throws IOException {
        String head = "{\"id\":\"a\",\"x\":\"";
        String longest = head + "x".repeat((1 << 20) - head.length() - 2) + "\"}";
        assertThat(longest).hasSize(1 << 20);
        List<String> lines = read(longest + "\r\n" + longest + " \n{\"id\":\"b\"}");
        assertThat(lines.get(0)).hasSize((1 << 20) + "1 a ".length());
        assertThat(lines.get(1).length()).isLessThan(60);
        assertThat(lines.get(1)).isEqualTo("2 SKIPPED the line is longer than 1048576 bytes");
        assertThat(lines.get(2)).isEqualTo("3 b {\"id\":\"b\"}");
    }

    @Test
    void a_stream_without_line_ends_of_many_gb_takes_no_memory() throws IOException {
        InputStream endless = new InputStream() {
            private long left = 5L << 30;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                left -= length;
                return left > 0 ? length : -1;
            }
        };
        try (RecordReader reader = new NdjsonReader(endless)) {
            assertThat(reader.next()).isInstanceOf(Input.Skipped.class);
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void an_empty_file_has_no_records() throws IOException {
        assertThat(read("")).isEmpty();
        assertThat(read("\n \r\n\n")).isEmpty();
    }

    private static List<String> read(String text) throws IOException {
        return Lines.read(InputFormat.NDJSON, text);
    }
}
