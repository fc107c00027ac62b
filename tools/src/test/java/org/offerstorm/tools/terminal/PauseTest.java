package org.offerstorm.tools.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.check.Failure;

class PauseTest {
    @Test
    void an_interruption_has_the_exit_code_of_ctrl_c() {
        Thread.currentThread().interrupt();

        Failure failure = catchThrowableOfType(Failure.class, () -> Pause.of(Duration.ofMinutes(1)));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.exitCode()).isEqualTo(130);
    }
}
