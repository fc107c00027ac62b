package org.offerstorm.tools.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalsTest {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    /** A process that was started with a signal ignored never gets it: SIGHUP under nohup, SIGINT in the background. */
    @ParameterizedTest
    @CsvSource({"HUP, 129", "INT, 130", "TERM, 143"})
    void a_signal_goes_to_who_took_it_last_and_back_when_that_is_over(String signal, int code) throws Exception {
        assumeFalse(
                ignored(signal),
                () -> "SIG" + signal + " is ignored in this process and what it starts, as under nohup or behind '&'");
        try (Signals.Taken outer = Signals.onStop(stop -> heard.add("outer " + stop))) {
            try (Signals.Taken inner = Signals.onStop(stop -> heard.add("inner " + stop))) {
                assertThat(answer(signal)).isEqualTo("inner " + code);
            }
            assertThat(answer(signal)).isEqualTo("outer " + code);
        }
        assertThat(heard).isEmpty();
    }

    /** What this process makes of a signal. */
    private String answer(String signal) throws IOException, InterruptedException {
        long pid = ProcessHandle.current().pid();
        assertThat(exitCode("kill", "-s", signal, Long.toString(pid))).isZero();
        return heard.poll(20, TimeUnit.SECONDS);
    }

    /** A process takes over from its parent what it ignores: a shell that survives its own signal shows it. */
    private static boolean ignored(String signal) throws IOException, InterruptedException {
        return exitCode("sh", "-c", "kill -s " + signal + " $$") == 0;
    }

    private static int exitCode(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor();
    }
}
