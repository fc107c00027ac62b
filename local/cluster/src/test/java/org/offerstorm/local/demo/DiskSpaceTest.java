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
    void tooLittleToStartIsToldWithTheDirectoryAndWhatIsFree() {
        DiskSpace disk = new DiskSpace(DIRECTORY, () -> 30L << 20);

        assertThatThrownBy(disk::requireToStart)
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll("/data/demo", "30 MiB free", "needs 150 MiB", "--data-dir")
                .extracting(failure -> ((Failure) failure).exitCode())
                .isEqualTo(Failure.UNREACHABLE);
    }

    @Test
    void whatWillDoToGoOnNeedNotDoToStart() {
        DiskSpace disk = new DiskSpace(DIRECTORY, () -> DiskSpace.TO_RUN);

        assertThatCode(disk::requireToRun).doesNotThrowAnyException();
        assertThatThrownBy(disk::requireToStart).isInstanceOf(Failure.class);
    }

    @Test
    void aFullDiskIsToldWithWhatBecomesOfTheData() {
        DiskSpace disk = new DiskSpace(DIRECTORY, () -> DiskSpace.TO_RUN - 1);

        assertThatThrownBy(disk::requireToRun)
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll("/data/demo is full", "39 MiB are left", "acknowledged is kept");
    }

    @Test
    void aDirectoryThatIsNotThereYetIsOnTheDiskOfItsNearestParent() throws Exception {
        DiskSpace disk = DiskSpace.of(temp.resolve("not/there/yet"));

        assertThatCode(disk::requireToRun).doesNotThrowAnyException();
    }
}
