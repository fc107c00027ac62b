package org.offerstorm.tools.produce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacerTest {
    private long now = 5_000_000_000L;
    private long slept;

    @Test
    void the_calls_are_spread_evenly_over_time() {
        Pacer pacer = new Pacer(500, () -> now, this::sleep);
        for (int n = 0; n < 5001; n++) {
            pacer.await();
        }
        assertThat(slept).isBetween(9_990_000_000L, 10_000_000_000L);
    }

    @Test
    void time_spent_elsewhere_is_made_up_for() {
        Pacer pacer = new Pacer(1000, () -> now, this::sleep);
        for (int n = 0; n < 1001; n++) {
            now += 2_000_000; // sending takes longer than the rate allows
            pacer.await();
        }
        assertThat(slept).isZero();
    }

    @Test
    void without_a_rate_nobody_waits() {
        Pacer pacer = new Pacer(0, () -> now, this::sleep);
        for (int n = 0; n < 1000; n++) {
            pacer.await();
        }
        assertThat(slept).isZero();
    }

    private void sleep(long nanos) {
        now += nanos;
        slept += nanos;
    }
}
