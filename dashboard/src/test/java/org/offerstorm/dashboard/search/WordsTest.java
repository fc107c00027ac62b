package org.offerstorm.dashboard.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void syntax_is_escaped() {
        assertThat(Words.of("{!lucene}*:*").query(false)).isEqualTo("\\{\\!lucene\\}\\*\\:\\*");
        assertThat(Words.of("name:java^9 (a OR b)").query(false)).isEqualTo("name\\:java\\^9 \\(a or b\\)");
        assertThat(Words.of("a\\\"b\\").query(false)).isEqualTo("a\\\\ b\\\\");
    }

    @Test
    void operators_are_words() {
        assertThat(Words.of("java AND NOT kotlin").query(false)).isEqualTo("java and not kotlin");
    }

    @Test
    void quotes_make_phrases_and_minus_leaves_out() {
        assertThat(Words.of("\"chef de projet\" -stage").query(false)).isEqualTo("\"chef de projet\" -stage");
        assertThat(Words.of("« chef de projet »").query(false)).isEqualTo("\"chef de projet\"");
        assertThat(Words.of("\"not closed").query(false)).isEqualTo("\"not closed\"");
    }

    @Test
    void the_last_word_may_go_on_while_it_is_typed() {
        assertThat(Words.of("data eng").query(true)).isEqualTo("data (eng OR words:eng*)");
        assertThat(Words.of("c++").query(true)).isEqualTo("c\\+\\+");
        assertThat(Words.of("x").query(true)).isEqualTo("x");
    }

    @Test
    void what_is_no_text_is_a_blank() {
        assertThat(Words.of("a\u0000b\ud800c\u2028d\ue000e").query(false)).isEqualTo("a b c d e");
        assertThat(Words.of("?? ** -- \"\" ,,").query(true)).isEmpty();
    }

    @Test
    void too_much_is_refused_or_cut() {
        assertThatExceptionOfType(BadSearch.class).isThrownBy(() -> Words.of("x".repeat(301)));
        assertThat(Words.of("x ".repeat(100)).terms()).hasSize(Words.MAX_TERMS);
    }
}
