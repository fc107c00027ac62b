package org.offerstorm.lake.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One command writes at a time, and one that was killed keeps nobody out for long. */
class LakeLockTest {
    private static final String ENDED = "999999999";

    @TempDir
    private Path directory;

    private final Configuration hadoop = new Configuration();

    @Test
    void a_second_command_is_refused_until_the_first_ends() throws Exception {
        try (LakeLock lock = take("run")) {
            assertThatThrownBy(() -> take("maintain"))
                    .isInstanceOf(LakeLock.Locked.class)
                    .hasMessageContaining(
                            "'lake run', process " + ProcessHandle.current().pid());
            assertThat(lock).isNotNull();
        }
        take("maintain").close();
        assertThat(directory.resolve("_lock")).doesNotExist();
    }

    @Test
    void a_process_that_is_gone_from_this_machine_keeps_nobody_out() throws Exception {
        lockedBy(ENDED + " " + InetAddress.getLocalHost().getHostName());
        take("run").close();
    }

    @Test
    void one_of_another_machine_keeps_others_out_for_a_minute_after_its_last_renewal() throws Exception {
        Path lock = lockedBy(ENDED + " elsewhere");
        assertThatThrownBy(() -> take("run"))
                .isInstanceOf(LakeLock.Locked.class)
                .hasMessageContaining("on elsewhere since");
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(Duration.ofSeconds(90))));
        take("run").close();
    }

    private Path lockedBy(String owner) throws Exception {
        return Files.writeString(directory.resolve("_lock"), "run " + owner + " 2026-11-30T08:00:00Z id");
    }

    private LakeLock take(String what) throws Exception {
        return LakeLock.take("file://" + directory, hadoop, what);
    }
}
