package org.offerstorm.core.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where durations are counted, and how counts are added. */
class DurationCountsTest {
    private static final long MILLI = 1_000_000;

    @Test
    void a_bucket_has_what_is_not_above_its_bound() {
        DurationCounts durations = new DurationCounts();
        durations.add(-5); // two machines' clocks
        durations.add(MILLI);
        durations.add(MILLI + 1);
        durations.add(300_000 * MILLI, 3);
        durations.add(300_001 * MILLI);

        Histogram read = durations.histogram();
        assertThat(read.upTo()).isEqualTo(DurationCounts.bounds()).isSorted().startsWith(0.001, 0.002);
        assertThat(read.counts()).startsWith(2L, 1L, 0L).endsWith(0L, 3L, 1L);
        assertThat(read.count()).isEqualTo(7);
        assertThat(read.sum()).isEqualTo(1200.003, org.assertj.core.data.Offset.offset(1e-6));
    }

    @Test
    void a_quantile_is_the_bound_of_its_bucket() {
        DurationCounts durations = new DurationCounts();
        for (int millis = 1; millis <= 100; millis++) {
            durations.add(millis * MILLI);
        }
        Histogram read = durations.histogram();
        assertThat(read.quantile(0)).isEqualTo(0.001);
        assertThat(read.quantile(0.5)).isEqualTo(0.05);
        assertThat(read.quantile(0.51)).isEqualTo(0.1);
        assertThat(read.quantile(1)).isEqualTo(0.1);
        assertThat(new DurationCounts().histogram().quantile(0.5)).isNaN();
        durations.add(Long.MAX_VALUE);
        assertThat(durations.histogram().quantile(1)).isInfinite();
    }

    @Test
    void those_of_several_workers_are_added_and_what_was_before_is_taken_off() {
        DurationCounts one = new DurationCounts();
        one.add(MILLI);
        Histogram before = one.histogram();
        one.add(4 * MILLI);
        DurationCounts other = new DurationCounts();
        other.add(3 * MILLI);

        Histogram both = one.histogram().plus(other.histogram());
        assertThat(both.counts()).startsWith(1L, 0L, 2L, 0L);
        assertThat(both.since(before).counts()).startsWith(0L, 0L, 2L, 0L);
        assertThat(both.since(before).sum()).isEqualTo(0.007, org.assertj.core.data.Offset.offset(1e-9));
        Histogram alien = new Histogram(List.of(1.0), List.of(0L, 0L), 0);
        assertThatThrownBy(() -> both.plus(alien)).isInstanceOf(IllegalArgumentException.class);
    }
}
