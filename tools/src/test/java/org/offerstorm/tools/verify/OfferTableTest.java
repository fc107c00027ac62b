package org.offerstorm.tools.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The table against a map, past several growths. */
class OfferTableTest {
    private static final long EPOCH = 1L << 48;

    private final OfferTable table = new OfferTable();

    @Test
    void keeps_the_newest_version_of_each_offer() {
        Map<Long, Long> newest = new HashMap<>();
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            long head = random.nextInt(30_000);
            long version = EPOCH | random.nextInt(1_000_000);
            table.put(head, field(head), version, (int) (head % 4));
            newest.merge(head, version, Math::max);
        }

        assertThat(table.size()).isEqualTo(newest.size());
        newest.forEach((head, version) -> {
            int slot = table.find(head, field(head));
            assertThat(table.version(slot)).isEqualTo(version);
            assertThat(table.partition(slot)).isEqualTo((int) (head % 4));
            assertThat(table.findInBucket(head % 1000, 1000, field(head))).isEqualTo(slot);
        });
        assertThat(table.find(30_001, field(30_001))).isEqualTo(OfferTable.NONE);
    }

    @Test
    void two_offers_with_one_field_are_distinguished_by_their_heads() {
        table.put(1, 7, EPOCH | 1, 0);
        table.put(2, 7, EPOCH | 2, 0);

        assertThat(table.size()).isEqualTo(2);
        assertThat(table.version(table.find(2, 7))).isEqualTo(EPOCH | 2);
        assertThat(table.version(table.findInBucket(1, 10, 7))).isEqualTo(EPOCH | 1);
        assertThat(table.findInBucket(3, 10, 7)).isEqualTo(OfferTable.NONE);
    }

    @Test
    void marks_are_of_one_offer() {
        table.put(1, 7, EPOCH | 1, 0);
        table.put(2, 8, EPOCH | 2, 0);

        assertThat(table.mark(table.find(1, 7), 2)).isTrue();
        assertThat(table.mark(table.find(1, 7), 2)).isFalse();
        assertThat(table.isMarked(table.find(2, 8), 2)).isFalse();
        table.clearMarks();
        assertThat(table.isMarked(table.find(1, 7), 2)).isFalse();
    }

    /** Few distinct fields would be long chains; these collide now and then. */
    private static long field(long head) {
        return (head * 31) >>> 3;
    }
}
