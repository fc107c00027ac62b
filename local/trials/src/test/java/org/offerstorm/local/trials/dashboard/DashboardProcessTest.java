package org.offerstorm.local.trials.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.offerstorm.local.trials.Offerstorm;

class DashboardProcessTest {
    @Test
    void the_program_is_the_one_that_the_launcher_starts() {
        assertThat(DashboardProcess.PROGRAM).isEqualTo(Offerstorm.class.getName());
    }
}
