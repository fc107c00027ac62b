package org.offerstorm.local;

import org.offerstorm.local.demo.DemoCommand;
import org.offerstorm.local.demo.Logs;
import org.offerstorm.topology.cli.CountsCommand;
import org.offerstorm.topology.cli.Failure;
import org.offerstorm.topology.cli.VersionProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line on a laptop: everything that runs against servers, and the demo that brings them. */
@Command(
        name = "offerstorm",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description = "Job offers from Kafka through Apache Storm into HDFS, Solr and Redis.")
public final class Offerstorm {
    private Offerstorm() {}

    public static void main(String[] args) {
        Logs.toConsole();
        System.exit(new CommandLine(new Offerstorm())
                .addSubcommand(new DemoCommand())
                .addSubcommand(new CountsCommand())
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    if (e instanceof Failure failure) {
                        line.getErr().println("offerstorm: " + failure.getMessage());
                        return failure.exitCode();
                    }
                    throw e;
                })
                .execute(args));
    }
}
