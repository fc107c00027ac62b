package org.offerstorm.dashboard.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.offerstorm.dashboard.trigger.TriggerState.Phase;

/** When a rule fires, and when it does not. */
class WatchTest {
    private static final long MINUTE = 60_000;

    private final List<Boolean> events = new ArrayList<>();
    private Watch watch;

    @Test
    void it_fires_once_however_long_the_condition_holds() {
        watch = new Watch("many", "count(Tech, EU) > 1500", 0);

        measure(0, 1_400, 1_501, 1_600, 1_502, 1_900);

        assertThat(events).containsExactly(true);
    }

    @Test
    void a_value_that_trembles_about_the_threshold_is_one_event() {
        watch = new Watch("many", "count(Tech, EU) > 1500", 0);

        measure(0, 1_501, 1_500, 1_501, 1_499, 1_471, 1_501);
        assertThat(events).containsExactly(true);

        measure(10, 1_470, 1_501);
        assertThat(events).containsExactly(true, false, true);
    }

    @Test
    void it_is_over_where_the_rule_says() {
        watch = new Watch("many", "count(Tech, EU) > 1500 until < 1000", 0);

        measure(0, 1_501, 1_000, 999);

        assertThat(events).containsExactly(true, false);
    }

    @Test
    void what_must_hold_for_a_time_fires_when_it_has() {
        watch = new Watch("quiet", "rate(*, AF) == 0 for 10m", 0);

        at(0, 0);
        at(10 * MINUTE - 1, 0);
        assertThat(events).isEmpty();
        assertThat(watch.state().phase()).isEqualTo(Phase.PENDING);

        at(10 * MINUTE, 0);
        assertThat(events).containsExactly(true);
    }

    @Test
    void a_break_begins_the_time_again() {
        watch = new Watch("quiet", "rate(*, AF) == 0 for 10m", 0);

        at(0, 0);
        at(5 * MINUTE, 1);
        at(6 * MINUTE, 0);
        at(15 * MINUTE, 0);
        assertThat(events).isEmpty();

        at(16 * MINUTE, 0);
        assertThat(events).containsExactly(true);
    }

    @Test
    void while_nothing_is_known_no_time_passes() {
        watch = new Watch("quiet", "rate(*, AF) == 0 for 10m", 0);

        at(0, 0);
        watch.unknown(5 * MINUTE);
        at(11 * MINUTE, 0);

        assertThat(events).isEmpty();
    }

    @Test
    void an_outage_does_not_end_what_has_fired() {
        watch = new Watch("many", "count(*, *) > 5", 0);

        measure(0, 6);
        watch.unknown(1);
        measure(2, 7);

        assertThat(events).containsExactly(true);
        assertThat(watch.state().phase()).isEqualTo(Phase.FIRED);
    }

    private void measure(long from, long... values) {
        for (int i = 0; i < values.length; i++) {
            at(from + i, values[i]);
        }
    }

    private void at(long now, long value) {
        TriggerEvent event = watch.measured(value, now);
        if (event != null) {
            events.add(event.fired());
        }
    }
}
