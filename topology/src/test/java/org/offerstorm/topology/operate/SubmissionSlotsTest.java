package org.offerstorm.topology.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubmissionSlotsTest {
    private static final Nimbus.Slots NONE = new Nimbus.Slots(0, 0, 0);
    private static final Nimbus.Slots TWO = new Nimbus.Slots(2, 4, 2);

    @Test
    void supervisors_that_are_away_for_a_moment_are_looked_for_again() {
        Iterator<Nimbus.Slots> answers = List.of(NONE, NONE, TWO).iterator();

        assertThat(Submission.slots(answers::next, 2, Duration.ofMinutes(1))).isEqualTo(TWO);
    }

    @Test
    void slots_that_stay_too_few_are_returned_when_the_time_is_over() {
        assertThat(Submission.slots(() -> TWO, 3, Duration.ofMillis(1))).isEqualTo(TWO);
    }
}
