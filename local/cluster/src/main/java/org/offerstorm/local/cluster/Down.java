package org.offerstorm.local.cluster;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.offerstorm.core.check.Failure;

/** Stops a whole cluster. */
final class Down {
    private Down() {}

    /**
     * Stops everything; says so if there is no cluster.
     *
     * @param out for people
     * @throws Failure if a process is left
     */
    static void down(Path path, boolean deleteData, PrintWriter out) throws IOException {
        if (!ClusterDirectory.isCluster(path)) {
            out.println("There is no cluster in " + path.toAbsolutePath().normalize() + ".");
            out.flush();
            return;
        }
        ClusterDirectory directory = ClusterDirectory.existing(path);
        try (FileChannel lock = directory.lock()) {
            Launcher launcher = new Launcher(directory);
            // Otherwise commands would still look for a cluster that no longer exists.
            Files.deleteIfExists(directory.configuration());
            new Stop(directory, launcher, line -> {
                        out.println("  " + line);
                        out.flush();
                    })
                    .all(Blueprint.of(directory, 0).servers());
            List<ProcessId> left = WorkerProcesses.ofCluster(directory);
            if (!left.isEmpty()) {
                throw Failure.unreachable("processes are left: " + left, null);
            }
            if (deleteData) {
                directory.delete();
            }
        }
        out.println(
                deleteData
                        ? "The cluster is down, and " + directory.root() + " is deleted."
                        : "The cluster is down; its data stay in " + directory.root() + ".");
        out.flush();
    }
}
