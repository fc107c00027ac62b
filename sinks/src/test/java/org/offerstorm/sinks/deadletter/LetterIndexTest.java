package org.offerstorm.sinks.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LetterIndexTest {
    @Test
    void the_last_entry_of_a_key_is_its_newest_wherever_it_stands() {
        LetterIndex index = new LetterIndex();
        index.put(key(1), 0, 5);
        index.put(key(2), 0, 6);
        index.put(key(1), 0, 7);

        assertThat(index.isNewest(key(1), 0, 5)).isFalse();
        assertThat(index.isNewest(key(1), 0, 7)).isTrue();
        assertThat(index.isNewest(key(1), 1, 7)).isFalse();
        assertThat(index.isNewest(key(2), 0, 6)).isTrue();
        assertThat(index.isNewest(key(3), 0, 0)).isFalse();
    }

    @Test
    void holds_many_more_than_it_began_with() {
        LetterIndex index = new LetterIndex();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 100_000; i++) {
                index.put(key(i), i % 3, i + round);
            }
        }
        for (int i = 0; i < 100_000; i++) {
            assertThat(index.isNewest(key(i), i % 3, i + 1L)).isTrue();
            assertThat(index.isNewest(key(i), i % 3, i)).isFalse();
        }
    }

    private static byte[] key(int number) {
        return ("1/offers/0/" + number).getBytes(StandardCharsets.UTF_8);
    }
}
