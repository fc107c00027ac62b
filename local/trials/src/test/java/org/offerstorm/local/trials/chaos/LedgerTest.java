package org.offerstorm.local.trials.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Ledger ledger = new Ledger("offers");

    @Test
    void what_the_topic_has_is_not_lost_and_what_it_lacks_or_has_otherwise_is() {
        for (int offset = 0; offset < 10_000; offset += 2) { // markers and others' records between
            ledger.confirmed(1, offset, hash(offset));
        }
        for (int offset = 0; offset < 10_000; offset++) {
            if (offset != 4_000 && offset != 6_000) {
                ledger.found(1, offset, hash(offset));
            }
        }
        ledger.found(1, 6_000, hash(6_002)); // refilled with another one
        ledger.found(0, 5, hash(5));

        assertThat(ledger.lost()).isEqualTo(new Ledger.Lost(2, List.of("offers-1@4000", "offers-1@6000")));
    }

    @Test
    void a_hash_tells_keys_values_and_deletions_apart() {
        byte[] a = "a".getBytes(UTF_8);
        byte[] nothing = {};
        assertThat(List.of(
                        Ledger.hash(a, null),
                        Ledger.hash(a, nothing),
                        Ledger.hash(a, a),
                        Ledger.hash(nothing, a),
                        Ledger.hash("b".getBytes(UTF_8), a)))
                .doesNotHaveDuplicates();
    }

    private static long hash(int number) {
        return Ledger.hash(("id-" + number).getBytes(UTF_8), ("value " + number).getBytes(UTF_8));
    }
}
