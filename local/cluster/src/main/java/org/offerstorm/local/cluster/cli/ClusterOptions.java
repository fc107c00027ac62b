package org.offerstorm.local.cluster.cli;

import java.nio.file.Path;
import org.offerstorm.local.cluster.ClusterControl;
import picocli.CommandLine.Option;

/** Which cluster: the same for every command. A picocli mixin. */
final class ClusterOptions {
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Directory of the cluster, with all its data and logs. Default: .offerstorm/cluster next to"
                    + " this program.")
    private Path directory;

    Path directory() {
        return directory == null ? ClusterControl.usualDirectory() : directory;
    }
}
