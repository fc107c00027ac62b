package org.offerstorm.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong clock = new AtomicLong();
    private final RateLimits rates = new RateLimits(100, clock::get);

    @Test
    void a_batch_may_leave_a_debt_that_the_next_request_waits_for() {
        assertThat(rates.wait("a")).isZero();
        rates.pay("a", 350);

        assertThat(rates.wait("a")).isEqualTo(3);
        clock.set(2 * SECOND);
        assertThat(rates.wait("a")).isEqualTo(1);
        clock.set(3 * SECOND);
        assertThat(rates.wait("a")).isZero();
    }

    @Test
    void a_quiet_sender_saves_one_second_and_no_more() {
        clock.set(1_000 * SECOND);
        assertThat(rates.wait("a")).isZero();
        rates.pay("a", 100);
        assertThat(rates.wait("a")).isEqualTo(1);
    }

    @Test
    void one_sender_costs_no_other() {
        rates.pay("a", 1_000);
        assertThat(rates.wait("a")).isPositive();
        assertThat(rates.wait("b")).isZero();
    }

    @Test
    void without_a_limit_nobody_waits() {
        RateLimits none = new RateLimits(0, clock::get);
        none.pay("a", 1_000_000);
        assertThat(none.wait("a")).isZero();
    }
}
