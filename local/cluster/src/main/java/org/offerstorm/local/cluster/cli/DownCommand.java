package org.offerstorm.local.cluster.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.offerstorm.local.cluster.ClusterControl;
import org.offerstorm.tools.cli.Audited;
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
            "Stops every process of the cluster, also those of topologies, and makes sure that none is left. It keeps"
                    + " the data: after the next 'cluster up' everything is there again, and topologies that were not"
                    + " killed continue."
        })
final class DownCommand implements Callable<Integer>, Audited {
    @Mixin
    private ClusterOptions options;

    @Option(names = "--delete-data", description = "Then delete the directory: all data, settings and logs.")
    private boolean deleteData;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ClusterControl.down(options.directory(), deleteData, spec.commandLine().getOut());
        return 0;
    }
}
