package org.offerstorm.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.local.servers.JavaCommand;

/** {@code kill} of a demo that has only just taken its directory. */
class InterruptedStartTest {
    private static final int TERMINATED = 143;

    @TempDir
    private Path temp;

    @Test
    void a_demo_gives_its_directory_back_however_early_it_is_asked_to_end() throws Exception {
        Path data = temp.resolve("data");
        Path pid = data.resolve("pid");
        List<String> flags = List.of("-Xmx1g", "-XX:+UseSerialGC", "-Dofferstorm.home=" + Runs.ROOT.toRealPath());
        Process demo = new ProcessBuilder(
                        JavaCommand.of(flags, KillTest.Program.class.getName(), List.of("demo", "--data-dir=" + data)))
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("demo.out").toFile())
                .start();
        try {
            while (demo.isAlive() && !Files.exists(pid)) {
                Thread.onSpinWait();
            }
            demo.destroy(); // SIGTERM

            assertThat(demo.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            demo.destroyForcibly();
        }
        assertThat(demo.exitValue())
                .as("exit code; it said %s", Files.readString(temp.resolve("demo.out")))
                .isEqualTo(TERMINATED);
        assertThat(data).isDirectoryContaining("glob:**/offerstorm-data").isDirectoryNotContaining("glob:**/pid");
    }
}
