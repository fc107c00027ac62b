package org.offerstorm.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.servers.JavaCommand;

class DataDirectoryTest {
    @TempDir
    private Path temp;

    @Test
    void is_made_with_its_marker_and_given_back_at_close() throws Exception {
        Path path = temp.resolve("a/b");

        try (DataDirectory directory = DataDirectory.open(path)) {
            assertThat(path.resolve("pid"))
                    .hasContent(Long.toString(ProcessHandle.current().pid()));
            assertThat(directory.root()).isEqualTo(path.toRealPath());
        }

        assertThat(path).isDirectoryContaining("glob:**/offerstorm-data").isDirectoryNotContaining("glob:**/pid");
        DataDirectory.open(path).close();
    }

    @Test
    void has_one_owner_in_this_process() throws Exception {
        try (DataDirectory directory = DataDirectory.open(temp)) {
            assertThatThrownBy(() -> DataDirectory.open(temp))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining(directory.root().toString())
                    .hasMessageContaining("--data-dir");
        }
    }

    @Test
    void has_one_owner_among_processes_and_is_free_when_that_one_is_killed() throws Exception {
        Process owner = startOwner(temp);
        try {
            assertThatThrownBy(() -> DataDirectory.open(temp))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("process " + owner.pid());
        } finally {
            owner.destroyForcibly();
            assertThat(owner.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }

        DataDirectory.open(temp).close();
    }

    @Test
    void is_not_made_of_a_directory_that_holds_other_files() throws IOException {
        Path thesis = Files.writeString(temp.resolve("thesis.txt"), "years of work");

        assertThatThrownBy(() -> DataDirectory.open(temp))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("holds other files");

        assertThat(thesis).hasContent("years of work");
        assertThat(temp.resolve("pid")).doesNotExist();
    }

    @Test
    void is_emptied_without_following_links(@TempDir Path elsewhere) throws Exception {
        Path foreign = Files.writeString(elsewhere.resolve("foreign.txt"), "keep");
        try (DataDirectory directory = DataDirectory.open(temp)) {
            Files.createDirectories(directory.resolve("kafka/offers-0"));
            Files.writeString(directory.resolve("kafka/offers-0/0.log"), "x");
            Files.createSymbolicLink(directory.resolve("link"), elsewhere);

            directory.empty();

            assertThat(temp).isDirectoryNotContaining("glob:**/{kafka,link}");
            assertThat(foreign).hasContent("keep");
            assertThatThrownBy(() -> DataDirectory.open(temp)).isInstanceOf(Failure.class);
        }
        DataDirectory.open(temp).close();
    }

    /** A process that holds the directory until it is killed. */
    private static Process startOwner(Path path) throws IOException {
        Process owner = new ProcessBuilder(JavaCommand.of(List.of(), Owner.class.getName(), List.of(path.toString())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(owner.getInputStream().read()).isEqualTo('!');
        return owner;
    }

    static final class Owner {
        private Owner() {}

        public static void main(String[] args) throws Exception {
            DataDirectory.open(Path.of(args[0]));
            System.out.print('!');
            System.out.flush();
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
