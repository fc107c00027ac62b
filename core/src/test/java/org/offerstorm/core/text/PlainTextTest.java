package org.offerstorm.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void what_could_steer_a_terminal_is_a_question_mark() {
        assertThat(PlainText.of("Bâtiment 😀\u001b[2J\u202e\n")).isEqualTo("Bâtiment 😀?[2J??");
    }

    @Test
    void an_excerpt_is_short() {
        assertThat(PlainText.excerpt("x".repeat(60))).isEqualTo("x".repeat(60));
        assertThat(PlainText.excerpt("x".repeat(61))).isEqualTo("x".repeat(60) + "…");
        assertThat(PlainText.excerpt("a\tbcd", 3)).isEqualTo("a?b…");
    }

    @Test
    void blanked_text_has_blanks_for_controls() {
        assertThat(PlainText.blanked("a\nb😀c", 100)).isEqualTo("a b  c");
        assertThat(PlainText.blanked("abc", 2)).isEqualTo("ab");
    }

    @Test
    void the_first_line_has_no_end() {
        assertThat(PlainText.firstLine("one\r\ntwo")).isEqualTo("one");
        assertThat(PlainText.firstLine("")).isEmpty();
    }

    @Test
    void an_error_and_its_causes_are_one_line() {
        assertThat(Messages.of(new IOException("no answer\nat x", new IllegalStateException("refused"))))
                .isEqualTo("no answer: refused");
        assertThat(Messages.of(new IOException())).isEqualTo("IOException");
    }
}
