package org.offerstorm.tools.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Test
    void signalsGoToWhoTookThemLastAndBackWhenThatIsOver() throws Exception {
        try (Signals.Taken outer = Signals.onStop(code -> heard.add("outer " + code))) {
            try (Signals.Taken inner = Signals.onStop(code -> heard.add("inner " + code))) {
                assertThat(answer("HUP")).isEqualTo("inner 129");
                assertThat(answer("INT")).isEqualTo("inner 130");
            }
            assertThat(answer("TERM")).isEqualTo("outer 143");
        }
        assertThat(heard).isEmpty();
    }

    /** What this process makes of a signal. */
    private String answer(String signal) throws Exception {
        long pid = ProcessHandle.current().pid();
        assertThat(new ProcessBuilder("kill", "-s", signal, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
        return heard.poll(20, TimeUnit.SECONDS);
    }
}
