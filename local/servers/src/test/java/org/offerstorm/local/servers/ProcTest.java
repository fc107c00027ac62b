package org.offerstorm.local.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that sleeps, as the system shows it. */
class ProcTest {
    @TempDir
    private Path directory;

    @Test
    void a_process_shows_its_command_directory_memory_and_state_until_it_has_ended() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/stat")), "no Linux");
        List<String> command = JavaCommand.of(List.of("-Xmx32m"), Sleeper.class.getName(), List.of("an argument"));
        Process process =
                new ProcessBuilder(command).directory(directory.toFile()).start();
        try {
            assertThat(process.getInputStream().read()).isEqualTo('.');

            assertThat(Proc.commandLine(process.pid())).startsWith(command.get(0), "-Xmx32m", "-cp");
            assertThat(Proc.commandLine(process.pid())).contains(Sleeper.class.getName(), "an argument");
            assertThat(Proc.workingDirectory(process.pid())).contains(directory.toRealPath());
            assertThat(Proc.memory(process.pid()).getAsLong()).isGreaterThan(1 << 20);
            assertThat(Proc.peakMemory(process.pid()).getAsLong()).isGreaterThan(1 << 20);
            assertThat(Proc.cpuSeconds(process.pid()).getAsDouble()).isBetween(0.0, 60.0);
            Proc.turns(process.pid())
                    .ifPresent(
                            turns -> { // not every kernel counts them
                                assertThat(turns.ran()).isBetween(0.001, 60.0);
                                assertThat(turns.queued()).isBetween(0.0, 600.0);
                            });
            assertThat(Proc.stat(process.pid()).get().isEnded()).isFalse();
            assertThat(Proc.stat(process.pid()).get().startTime()).matches("[0-9]+");
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(Proc.commandLine(process.pid())).isEmpty();
        assertThat(Proc.workingDirectory(process.pid())).isEmpty();
        assertThat(Proc.memory(process.pid())).isEmpty();
        assertThat(Proc.peakMemory(process.pid())).isEmpty();
        assertThat(Proc.cpuSeconds(process.pid())).isEmpty();
        assertThat(Proc.stat(process.pid())).isEmpty();
    }

    /** What the process runs. */
    static final class Sleeper {
        private Sleeper() {}

        public static void main(String[] args) throws InterruptedException {
            System.out.print('.');
            System.out.flush();
            Thread.sleep(600_000);
        }
    }
}
