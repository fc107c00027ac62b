package org.offerstorm.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalFormTest {
    @ParameterizedTest
    @ValueSource(strings = {"Tech", "", "Santé & soins", "Größe 1/2", "ð", "Tech Ops", "İstanbul"})
    void usual_text_is_the_same_object(String text) {
        assertThat(NormalForm.of(text)).isSameAs(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"技術", "Μηχανικοί", "👩🏽"})
    void other_scripts_keep_their_text(String text) {
        assertThat(NormalForm.of(text)).isSameAs(text);
    }

    @ParameterizedTest
    @CsvSource({
        "Tech\u00A0, Tech",
        "Te\u200Bch, Tech",
        "\uFEFFTech, Tech",
        "De\u0301veloppement, Développement",
        "e\u034F\u0301, é",
        "A\u00A0 \u2003B, A B",
        "a\tb, a b",
        "\u3164, ''",
        "' ', ''",
        "\u212B, Å",
        "\u1112\u1161\u11AB, 한"
    })
    void lookalikes_have_one_form(String text, String form) {
        assertThat(NormalForm.of(text)).isEqualTo(form);
        assertThat(NormalForm.areAlike(text, form)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"Tech, tech", "Tech, Te ch", "résumé, resume", "ﬁ, fi", "Ａ, A"})
    void what_looks_different_stays_different(String one, String other) {
        assertThat(NormalForm.areAlike(one, other)).isFalse();
    }

    @Test
    void the_form_of_a_form_is_itself_for_each_character_between_letters() {
        for (int c = 0; c <= 0x1FFFF; c++) {
            if (Character.getType(c) == Character.SURROGATE) {
                continue;
            }
            String form = NormalForm.of(" e" + Character.toString(c) + "\u0301 " + Character.toString(c));
            assertThat(NormalForm.of(form)).as("U+%04X", c).isEqualTo(form);
            assertThat(Normalizer.isNormalized(form, Normalizer.Form.NFC)).isTrue();
        }
    }

    @Test
    void strip_takes_invisible_characters_from_both_ends_alone() {
        assertThat(Blanks.strip("\u00A0\u200B a\u00A0b \uFEFF")).isEqualTo("a\u00A0b");
        assertThat(Blanks.strip("\u3164")).isEmpty();
        assertThat(Blanks.strip("\t\u001b[2J\u0085 ")).isEqualTo("\u001b[2J\u0085");
        assertThat(Blanks.strip("\uDB40\uDC41x\uDB40\uDC41")).isEqualTo("x");
        String same = "same";
        assertThat(Blanks.strip(same)).isSameAs(same);
    }
}
