package org.offerstorm.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is known by its pid and its start, so that no other one is ever signalled. */
class ProcessIdTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private Process process;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void a_process_is_alive_until_it_is_terminated() {
        ProcessId id = ProcessId.of(process.pid()).orElseThrow();
        assertThat(id.isAlive()).isTrue();

        id.terminate();

        assertThat(id.awaitEnd(PATIENCE)).isTrue();
        assertThat(id.isAlive()).isFalse();
        assertThat(ProcessId.of(process.pid())).isEmpty();
    }

    @Test
    void a_process_that_got_the_pid_later_is_not_touched() throws Exception {
        ProcessId ofOld = new ProcessId(process.pid(), "1 before");

        assertThat(ofOld.isAlive()).isFalse();
        ofOld.terminate();
        ofOld.kill();

        assertThat(process.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void it_is_the_same_after_it_was_written_and_read() throws IOException {
        Path file = directory.resolve("run").resolve("sleep");
        ProcessId id = ProcessId.of(process.pid()).orElseThrow();

        id.write(file);

        assertThat(ProcessId.read(file)).contains(id);
        assertThat(ProcessId.read(file).orElseThrow().isAlive()).isTrue();
    }

    @Test
    void a_file_that_is_missing_or_cut_short_names_no_process() throws IOException {
        assertThat(ProcessId.read(directory.resolve("none"))).isEmpty();
        for (String text : new String[] {"", "\n", "123", "x y\n", "99999999999999999999 1\n"}) {
            Path file = directory.resolve("cut");
            Files.writeString(file, text);
            assertThat(ProcessId.read(file)).as(text).isEmpty();
        }
    }
}
