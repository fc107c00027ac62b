package org.offerstorm.topology;

import java.io.PrintWriter;
import org.offerstorm.topology.cli.ActivateCommand;
import org.offerstorm.topology.cli.ClassifyCommand;
import org.offerstorm.topology.cli.ConfigCommand;
import org.offerstorm.topology.cli.Console;
import org.offerstorm.topology.cli.CountsCommand;
import org.offerstorm.topology.cli.DeactivateCommand;
import org.offerstorm.topology.cli.DlqCommand;
import org.offerstorm.topology.cli.DoctorCommand;
import org.offerstorm.topology.cli.GenerateCommand;
import org.offerstorm.topology.cli.KillCommand;
import org.offerstorm.topology.cli.PlanCommand;
import org.offerstorm.topology.cli.ProduceCommand;
import org.offerstorm.topology.cli.RebalanceCommand;
import org.offerstorm.topology.cli.SetupCommand;
import org.offerstorm.topology.cli.StatusCommand;
import org.offerstorm.topology.cli.SubmitCommand;
import org.offerstorm.topology.cli.VerifyCommand;
import org.offerstorm.topology.cli.VersionProvider;
import org.offerstorm.topology.config.ConfigException;
import org.offerstorm.topology.operate.ClientLog;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

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
            PlanCommand.class,
            SubmitCommand.class,
            StatusCommand.class,
            KillCommand.class,
            RebalanceCommand.class,
            ActivateCommand.class,
            DeactivateCommand.class,
            ProduceCommand.class,
            CountsCommand.class,
            VerifyCommand.class,
            DlqCommand.class,
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
        line.setParameterExceptionHandler(Main::misused);
        line.setExecutionExceptionHandler((failure, command, result) -> main.report(failure, command));
        return line;
    }

    public static void main(String[] args) {
        ClientLog.errorsOnly();
        System.exit(Console.execute(commandLine(), args));
    }

    /** One message and where to read more; the whole of the help only for somebody who said nothing at all. */
    private static int misused(ParameterException mistake, String[] args) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        if (args.length == 0) {
            command.usage(err);
            return Failure.USAGE;
        }
        err.println(command.getColorScheme().errorText(command.getCommandName() + ": " + mistake.getMessage()));
        UnmatchedArgumentException.printSuggestions(mistake, err);
        err.println("'" + command.getCommandSpec().qualifiedName() + " --help' tells all about it.");
        err.flush();
        return Failure.USAGE;
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
