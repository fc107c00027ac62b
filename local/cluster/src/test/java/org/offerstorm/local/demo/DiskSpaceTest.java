package org.offerstorm.local.demo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Failure;

class DiskSpaceTest {
    private static final Path DIRECTORY = Path.of("/data/demo");

    @TempDir
    private Path temp;

    @Test
    void too_little_to_start_is_reported_with_the_directory_and_what_is_free() {
        DiskSpace disk = new DiskSpace(DIRECTORY, () -> 30L << 20);

        assertThatThrownBy(disk::requireToStart)
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll("/data/demo", "30 MiB free", "needs 150 MiB", "--data-dir")
                .extracting(failure -> ((Failure) failure).exitCode())
                .isEqualTo(Failure.UNREACHABLE);
    }

    @Test
    void what_will_do_to_go_on_need_not_do_to_start() {
        DiskSpace disk = new DiskSpace(DIRECTORY, () -> DiskSpace.TO_RUN);

        assertThatCode(disk::requireToRun).doesNotThrowAnyException();
        assertThatThrownBy(disk::requireToStart).isInstanceOf(Failure.class);
    }

    @Test
    void a_full_disk_is_reported_with_what_becomes_of_the_data() {
        DiskSpace disk = new DiskSpace(DIRECTORY, () -> DiskSpace.TO_RUN - 1);

        assertThatThrownBy(disk::requireToRun)
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll("/data/demo is full", "39 MiB are left", "acknowledged is kept");
    }

    @Test
    void a_directory_that_is_not_there_yet_is_on_the_disk_of_its_nearest_parent() throws Exception {
        DiskSpace disk = DiskSpace.of(temp.resolve("not/there/yet"));

        assertThatCode(disk::requireToRun).doesNotThrowAnyException();
    }
}
