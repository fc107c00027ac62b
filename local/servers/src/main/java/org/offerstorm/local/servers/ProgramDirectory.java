package org.offerstorm.local.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.offerstorm.core.check.Failure;

/** A directory from which programs can run: Redis and the native libraries of Storm, Kafka and Avro are unpacked to it. */
public final class ProgramDirectory {
    private ProgramDirectory() {}

    /**
     * Checks it, by a file that is deleted again.
     *
     * @param option which names another directory
     * @throws Failure if programs there cannot run
     * @throws IOException if it cannot be written
     */
    public static void require(Path directory, String option) throws IOException {
        Path probe = Files.createTempFile(directory, "probe-", null);
        try {
            File file = probe.toFile();
            // The system says no for every file of a file system that is mounted noexec.
            if (!file.setExecutable(true) || !file.canExecute()) {
                throw Failure.unreachable(
                        directory + " is on a file system that runs no programs (mounted noexec), but Redis and native"
                                + " libraries have to run there; name a directory on another one with " + option,
                        null);
            }
        } finally {
            Files.delete(probe);
        }
    }
}
