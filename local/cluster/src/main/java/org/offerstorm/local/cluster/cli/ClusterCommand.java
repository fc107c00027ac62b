package org.offerstorm.local.cluster.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code offerstorm cluster}: a real cluster on this machine, each server a process. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            ClusterStatusCommand.class,
            LogsCommand.class,
            ServerCommands.Kill.class,
            ServerCommands.StopServer.class,
            ServerCommands.StartServer.class,
            ServerCommands.Restart.class,
            DownCommand.class,
            HelpCommand.class
        },
        description =
                "Runs a real cluster on this machine, for development and tests: every server is a separate process, which can"
                        + " be killed and started again.",
        footer = {"", "'offerstorm cluster COMMAND --help' describes a command; docs/cluster.md has the details."})
public final class ClusterCommand {}
