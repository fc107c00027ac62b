package org.offerstorm.local.cluster;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offerstorm cluster down}. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Stops every process of the cluster, those of topologies too, and makes sure that none is left. The data"
                    + " stay: after the next 'cluster up' everything is there again, and topologies that were not"
                    + " killed run on."
        })
final class DownCommand implements Callable<Integer> {
    @Mixin
    private ClusterOptions options;

    @Option(names = "--delete-data", description = "Then delete the directory: all data, settings and logs.")
    private boolean deleteData;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Path path = options.directory();
        if (!ClusterDirectory.isCluster(path)) {
            out.println("There is no cluster in " + path.toAbsolutePath().normalize() + ".");
            out.flush();
            return 0;
        }
        down(path, deleteData, out);
        return 0;
    }

    /**
     * Stops everything.
     *
     * @throws Failure if a process is left
     */
    static void down(Path path, boolean deleteData, PrintWriter out) throws IOException {
        ClusterDirectory directory = ClusterDirectory.existing(path);
        try (FileChannel lock = directory.lock()) {
            Launcher launcher = new Launcher(directory);
            // Without it commands would go on to look for what is no longer there.
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
