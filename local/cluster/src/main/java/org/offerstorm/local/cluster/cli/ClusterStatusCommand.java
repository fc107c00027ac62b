package org.offerstorm.local.cluster.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.cluster.ClusterStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code offerstorm cluster status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows each server and each worker: process, port, health, resident memory, time since its start. Asks every"
                    + " server whether it serves.",
            "",
            "Exit codes: 0 all servers serve, 3 one does not."
        })
final class ClusterStatusCommand implements Callable<Integer> {
    @Mixin
    private ClusterOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        boolean sound =
                ClusterStatus.print(options.directory(), spec.commandLine().getOut());
        return sound ? 0 : Failure.UNREACHABLE;
    }
}
