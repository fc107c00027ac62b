package org.offerstorm.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Failure;

class ClusterDirectoryTest {
    @TempDir
    private Path temporary;

    @Test
    void a_directory_with_other_peoples_files_is_refused_and_left_alone() throws IOException {
        Path file = Files.writeString(temporary.resolve("thesis.txt"), "mine");

        assertThatThrownBy(() -> ClusterDirectory.create(temporary))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("holds other files");
        assertThatThrownBy(() -> ClusterDirectory.existing(temporary))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("there is no cluster in");
        assertThat(file).hasContent("mine");
    }

    @Test
    void a_name_that_storm_or_hadoop_would_take_apart_is_refused() {
        Path directory = temporary.resolve("my cluster");

        assertThatThrownBy(() -> ClusterDirectory.create(directory))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("blank");
        assertThat(directory).doesNotExist();
    }

    @Test
    void two_commands_do_not_change_it_at_once() throws IOException {
        ClusterDirectory directory = ClusterDirectory.create(temporary.resolve("cluster"));
        try (FileChannel lock = directory.lock()) {
            assertThat(lock.isOpen()).isTrue();
            assertThatThrownBy(directory::lock)
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("another command (process "
                            + ProcessHandle.current().pid() + ") is changing the cluster");
        }
        directory.lock().close();
    }

    @Test
    void deletion_follows_no_link() throws IOException {
        Path elsewhere = Files.createDirectories(temporary.resolve("elsewhere"));
        Path file = Files.writeString(elsewhere.resolve("file"), "stays");
        ClusterDirectory directory = ClusterDirectory.create(temporary.resolve("cluster"));
        Files.createSymbolicLink(directory.resolve("link"), elsewhere);

        directory.delete();

        assertThat(directory.root()).doesNotExist();
        assertThat(file).hasContent("stays");
    }
}
