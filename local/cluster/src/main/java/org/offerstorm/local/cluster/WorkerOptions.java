package org.offerstorm.local.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Options for the JVMs of a cluster's workers, in addition to those of every cluster: the file {@code conf/worker.options}. */
public final class WorkerOptions {
    private WorkerOptions() {}

    /**
     * Sets them; Supervisors that start later start their workers with them.
     *
     * @param cluster its directory, made if absent
     * @param options separated by blanks
     */
    public static void write(Path cluster, String options) throws IOException {
        SettingsFile.write(file(ClusterDirectory.create(cluster)), options + "\n");
    }

    /** Empty if none were set. */
    static String read(ClusterDirectory directory) throws IOException {
        Path file = file(directory);
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }

    private static Path file(ClusterDirectory directory) {
        return directory.resolve("conf").resolve("worker.options");
    }
}
