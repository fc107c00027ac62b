package org.offerstorm.local.cluster;

import java.nio.file.Path;
import org.offerstorm.tools.cli.DefaultFile;
import picocli.CommandLine.Option;

/** Which cluster: the same for every command. A picocli mixin. */
final class ClusterOptions {
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Directory of the cluster, with all its data and logs. Default: .offerstorm/cluster beside this"
                            + " program.")
    private Path directory;

    Path directory() {
        return directory == null ? ofHome() : directory;
    }

    /** Where commands find it without being told. */
    static Path ofHome() {
        return Path.of(System.getProperty("offerstorm.home", "")).resolve(DefaultFile.OF_CLUSTER.getParent());
    }
}
