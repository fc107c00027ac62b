package org.offerstorm.lake.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OffsetVectorTest {
    private final OffsetVector cut = OffsetVector.decode("2;0:10;3:7");

    @Test
    void a_cut_includes_what_is_below_its_offsets_and_all_earlier_epochs() {
        assertThat(cut.covers(2, 0, 9)).isTrue();
        assertThat(cut.covers(2, 0, 10)).isFalse();
        assertThat(cut.covers(2, 1, 0)).isFalse();
        assertThat(cut.covers(1, 1, 1_000)).isTrue();
        assertThat(cut.covers(3, 0, 0)).isFalse();
        assertThat(OffsetVector.NOTHING.covers(1, 0, 0)).isFalse();
    }

    @Test
    void the_union_takes_the_highest_of_each_partition_within_the_newest_epoch() {
        assertThat(cut.union(OffsetVector.decode("2;0:9;1:4"))).isEqualTo(OffsetVector.decode("2;0:10;1:4;3:7"));
        assertThat(cut.union(OffsetVector.decode("1;0:99"))).isEqualTo(cut);
        assertThat(cut.covers(OffsetVector.decode("1;0:99"))).isTrue();
        assertThat(cut.covers(OffsetVector.decode("2;1:1"))).isFalse();
    }

    @Test
    void a_text_comes_back_and_others_are_refused() {
        assertThat(cut.encode()).isEqualTo("2;0:10;3:7");
        for (String wrong : new String[] {"", "x", "1;0", "1;0:", "1;:3", "1;0:1 2-3"}) {
            assertThatThrownBy(() -> OffsetVector.decode(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
