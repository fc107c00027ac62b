package org.offerstorm.topology;

import java.io.PrintWriter;
import org.offerstorm.topology.cli.ClassifyCommand;
import org.offerstorm.topology.cli.ConfigCommand;
import org.offerstorm.topology.cli.CountsCommand;
import org.offerstorm.topology.cli.DoctorCommand;
import org.offerstorm.topology.cli.Failure;
import org.offerstorm.topology.cli.GenerateCommand;
import org.offerstorm.topology.cli.ProduceCommand;
import org.offerstorm.topology.cli.SubmitCommand;
import org.offerstorm.topology.cli.SetupCommand;
import org.offerstorm.topology.cli.VerifyCommand;
import org.offerstorm.topology.cli.VersionProvider;
import org.offerstorm.topology.config.ConfigException;
import org.offerstorm.topology.operate.ClientLog;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line's root, and the class that {@code storm jar} starts. */
@Command(
        name = "offerstorm",
        description = "Job offers from Kafka through one Storm topology into HDFS, Solr and Redis.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SetupCommand.class,
            DoctorCommand.class,
            SubmitCommand.class,
            ProduceCommand.class,
            CountsCommand.class,
            VerifyCommand.class,
            ConfigCommand.class,
            ClassifyCommand.class,
            GenerateCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 fine, 1 found a difference, 2 usage, 3 something unreachable.",
            "'offerstorm COMMAND --help' tells all about a command."
        })
public final class Main {
    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
    private boolean verbose;

    /** The command line with everything that needs no embedded server. */
    public static CommandLine commandLine() {
        Main main = new Main();
        CommandLine line = new CommandLine(main);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, result) -> main.report(failure, command));
        return line;
    }

    public static void main(String[] args) {
        ClientLog.errorsOnly();
        System.exit(commandLine().execute(args));
    }

    private int report(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        err.println(command.getColorScheme().errorText(command.getCommandName() + ": " + message));
        if (verbose) {
            failure.printStackTrace(err);
        }
        err.flush();
        if (failure instanceof Failure known) {
            return known.exitCode();
        }
        if (failure instanceof ConfigException) {
            return Failure.USAGE;
        }
        if (!verbose) {
            err.println("This was not expected; --verbose shows where it happened.");
            err.flush();
        }
        return Failure.DIFFERENCE;
    }
}
