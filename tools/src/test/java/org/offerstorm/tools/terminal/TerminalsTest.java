package org.offerstorm.tools.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.offerstorm.tools.terminal.Terminals.Size;

class TerminalsTest {
    @Test
    void a_size_that_stty_does_not_tell_is_the_usual_one() {
        assertThat(Terminals.size("50 132")).isEqualTo(new Size(50, 132));
        for (String answer : new String[] {"", "0 0", "50", "stty: no", "50 132 7", "99999999 1"}) {
            assertThat(Terminals.size(answer)).as(answer).isEqualTo(new Size(24, 80));
        }
    }

    @Test
    void a_pipe_and_a_file_are_no_terminals() {
        assertThat(Terminals.isDevice("/dev/pts/3")).isTrue();
        assertThat(Terminals.isDevice("/dev/tty1")).isTrue();
        assertThat(Terminals.isDevice("pipe:[1234]")).isFalse();
        assertThat(Terminals.isDevice("/dev/null")).isFalse();
        assertThat(Terminals.isDevice("/tmp/out.txt")).isFalse();
    }

    @Test
    void the_launcher_knows_what_java_may_not() {
        System.setProperty("offerstorm.terminal", "true");
        try {
            assertThat(Terminals.isOutput()).isTrue();
        } finally {
            System.clearProperty("offerstorm.terminal");
        }
    }
}
