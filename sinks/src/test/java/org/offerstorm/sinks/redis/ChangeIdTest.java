package org.offerstorm.sinks.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids of changes: their order, and the text that viewers send back. */
class ChangeIdTest {
    @Test
    void what_is_written_is_read_again() {
        ChangeId id = new ChangeId(1_700_000_000_000L, 12);

        assertThat(id).hasToString("1700000000000-12");
        assertThat(ChangeId.parse(id.toString())).isEqualTo(id);
    }

    @Test
    void the_time_comes_first_and_the_sequence_is_a_number() {
        assertThat(new ChangeId(2, 0)).isGreaterThan(new ChangeId(1, 9));
        assertThat(new ChangeId(1, 10)).isGreaterThan(new ChangeId(1, 9));
        assertThat(new ChangeId(10, 0)).isGreaterThan(new ChangeId(9, 0));
        assertThat(new ChangeId(1, 9)).isEqualByComparingTo(new ChangeId(1, 9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "1", "1-", "-1", "a-1", "1-a", "1-2-3", "99999999999999999999-0"})
    void other_texts_are_no_ids(String text) {
        assertThatThrownBy(() -> ChangeId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
