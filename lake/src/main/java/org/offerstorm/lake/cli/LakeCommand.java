package org.offerstorm.lake.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code offerstorm lake}: the batch layer. */
@Command(
        name = "lake",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Keeps the history of all offers as Iceberg tables in HDFS, made in batches of what the stream has staged there."
                        + " docs/lake.md explains it.",
        subcommands = {
            RunCommand.class,
            LakeStatusCommand.class,
            ServeCommand.class,
            LakeVerifyCommand.class,
            HistoryCommand.class,
            SqlCommand.class,
            RestoreCommand.class,
            TrimCommand.class,
            MaintainCommand.class,
            LakeBenchCommand.class
        })
public final class LakeCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "which command? run, status, serve, verify, history, sql, restore, trim, maintain or bench");
    }
}
