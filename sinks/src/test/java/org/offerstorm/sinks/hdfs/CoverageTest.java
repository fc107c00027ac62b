package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final int OFFSETS = 300;

    @Test
    void ranges_that_touch_are_one() {
        Coverage coverage = new Coverage(1);
        coverage.add(0, 20, 30);
        coverage.add(0, 40, 50);
        coverage.add(0, 30, 40);
        coverage.add(3, 7, 8);
        assertThat(coverage.encode()).isEqualTo("1;0:0 20-50;3:0 7-8");
        coverage.raiseFloor(0, 25);
        assertThat(coverage.encode()).isEqualTo("1;0:50;3:0 7-8");
    }

    @Test
    void a_floor_never_goes_down() {
        Coverage coverage = new Coverage(1);
        coverage.raiseFloor(0, 10);
        coverage.raiseFloor(0, 5);
        assertThat(coverage.has(0, 9)).isTrue();
        assertThat(coverage.has(0, 10)).isFalse();
    }

    @Test
    void another_epoch_covers_nothing() {
        Coverage old = new Coverage(1);
        old.add(0, 0, 10);
        Coverage coverage = new Coverage(2);
        coverage.union(old);
        assertThat(coverage.has(0, 5)).isFalse();
    }

    @Test
    void what_was_not_encoded_is_refused() {
        for (String text : new String[] {"", "x", "1;0", "1;0:", "1;0:5 7", "1;0:5 a-b", "1;a:5"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Coverage.decode(text));
        }
    }

    /** Against a set of bits, in any order of additions, floors, unions and encodings. */
    @Test
    void covers_what_was_added_and_nothing_else() {
        Random random = new Random(42);
        for (int round = 0; round < 500; round++) {
            Coverage coverage = new Coverage(1);
            BitSet model = new BitSet();
            for (int step = 0; step < 30; step++) {
                int from = random.nextInt(OFFSETS);
                int next = Math.min(OFFSETS, from + random.nextInt(25));
                switch (random.nextInt(6)) {
                    case 0 -> {
                        int floor = random.nextInt(OFFSETS / 4);
                        coverage.raiseFloor(0, floor);
                        model.set(0, floor);
                    }
                    case 1 -> {
                        Coverage other = new Coverage(1);
                        other.add(0, from, next);
                        coverage.union(other);
                        model.set(from, next);
                    }
                    case 2 -> coverage = Coverage.decode(coverage.encode());
                    default -> {
                        coverage.add(0, from, next);
                        model.set(from, next);
                    }
                }
                for (int offset = 0; offset < OFFSETS; offset++) {
                    assertThat(coverage.has(0, offset))
                            .as("%s has %s", coverage, offset)
                            .isEqualTo(model.get(offset));
                }
            }
        }
    }
}
