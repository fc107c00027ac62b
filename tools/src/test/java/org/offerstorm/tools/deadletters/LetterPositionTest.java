package org.offerstorm.tools.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.config.SourceConfig;

class LetterPositionTest {
    private static final SourceConfig SOURCE = new SourceConfig("k:1", "job-offers", "g", 2, Map.of());

    @Test
    void is_read_in_the_forms_of_dlq_of_verify_and_of_the_letters_key() {
        LetterPosition here = new LetterPosition(2, "job-offers", 1, 42);
        assertThat(LetterPosition.parse("1@42", SOURCE)).isEqualTo(here);
        assertThat(LetterPosition.parse("job-offers-1@42", SOURCE)).isEqualTo(here);
        assertThat(LetterPosition.parse("2/job-offers/1/42", SOURCE)).isEqualTo(here);
        assertThat(LetterPosition.parse("1/other/0/7", SOURCE)).isEqualTo(new LetterPosition(1, "other", 0, 7));
    }

    @Test
    void is_shown_short_if_it_is_of_this_stream_and_else_in_full_and_plain() {
        assertThat(new LetterPosition(2, "job-offers", 1, 42).shown(SOURCE)).isEqualTo("1@42");
        assertThat(new LetterPosition(1, "job-offers", 1, 42).shown(SOURCE)).isEqualTo("1/job-offers/1/42");
        assertThat(new LetterPosition(2, "x\u001b[2J", 0, 1).shown(SOURCE)).isEqualTo("2/x?[2J/0/1");
    }

    @Test
    void anything_else_is_answered_with_what_a_position_is() {
        for (String text : new String[] {"", "42", "1@", "@4", "a@b", "1@-4", "1@99999999999999999999", "\u001b[2J"}) {
            assertThatThrownBy(() -> LetterPosition.parse(text, SOURCE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("PARTITION@OFFSET")
                    .hasMessageNotContaining("\u001b");
        }
    }
}
