package org.offerstorm.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuoteTest {
    @Test
    void bytes_are_text_where_they_are_utf8_and_hexadecimal_where_not() {
        assertThat(Quote.of((byte[]) null)).isEqualTo("null");
        assertThat(Quote.of(new byte[0])).isEqualTo("\"\"");
        assertThat(Quote.of(utf8("Bâtiment 😀 \"x\" \\"))).isEqualTo("\"Bâtiment 😀 \\\"x\\\" \\\\\"");
        assertThat(Quote.of(new byte[] {'a', (byte) 0xff, (byte) 0xc3, 'b', (byte) 0xe2, (byte) 0x82}))
                .isEqualTo("\"a\\xff\\xc3b\\xe2\\x82\"");
        assertThat(Quote.of(utf8("\u001b[31m\u202e\u009b"))).isEqualTo("\"\\u001b[31m\\u202e\\u009b\"");
        assertThat(Quote.of(utf8("x".repeat(60)))).isEqualTo("\"" + "x".repeat(60) + "\"");
        assertThat(Quote.of(utf8("x".repeat(61)))).isEqualTo("\"" + "x".repeat(60) + "\"…");
    }

    @Test
    void a_document_keeps_its_lines_and_nothing_else_that_is_not_plain() {
        assertThat(Quote.lines(utf8("{\n\t\"a\": 1\r\n}\n"))).containsExactly("{", "    \"a\": 1\\u000d", "}");
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            assertThat(String.join("", Quote.lines(bytes)) + Quote.of(bytes))
                    .satisfies(text -> assertThat(text.codePoints()).allMatch(PlainText::isPlain));
        }
    }

    @Test
    void one_line_can_be_read_back() {
        assertThat(Quote.line(utf8("a\"b\tc\nd"))).isEqualTo("a\"b\\u0009c\\u000ad");
        assertThat(Quote.line(utf8("\\u0041")))
                .isEqualTo("\\\\u0041"); // not an escape, because its backslash is doubled
        assertThat(Quote.line(new byte[] {'\\', 'x', (byte) 0xff})).isEqualTo("\\\\x\\xff");
        assertThat(Quote.line(utf8("x".repeat(600)))).hasSize(600);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
