package org.offerstorm.tools.cli;

import java.io.PrintWriter;
import java.util.List;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.cli.value.Converters;
import org.offerstorm.tools.config.ConfigException;
import org.offerstorm.tools.config.Masking;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line's root: what all commands share. Which commands there are is for the program to say. */
@Command(
        name = "offerstorm",
        description = "Streams job offers from Kafka through one Storm topology into HDFS, Solr and Redis.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 fine, 1 a difference was found, 2 usage, 3 something cannot be reached, 130 interrupted.",
            "'offerstorm COMMAND --help' describes a command."
        })
public final class RootCommand {
    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
    private boolean verbose;

    private final Audit audit;

    private RootCommand(Audit audit) {
        this.audit = audit;
    }

    /**
     * A command line of these commands, in this order. Values are read as {@link Converters} has it; a command that is added later
     * would read them as picocli does.
     *
     * @param commands picocli commands, or classes of such with a constructor that takes nothing
     */
    public static CommandLine of(Iterable<?> commands) {
        return of(commands, new Audit(System.getenv()));
    }

    static CommandLine of(Iterable<?> commands, Audit audit) {
        RootCommand root = new RootCommand(audit);
        CommandLine line = new CommandLine(root);
        commands.forEach(line::addSubcommand);
        Converters.register(line);
        line.setParameterExceptionHandler(RootCommand::misused);
        line.setExecutionExceptionHandler((failure, command, result) -> root.report(failure, command));
        line.setExecutionStrategy(root::execute);
        return line;
    }

    /** One message and where to read more; the whole of the help only for somebody who said nothing at all. */
    private static int misused(ParameterException mistake, String[] args) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        if (args.length == 0) {
            command.usage(err);
            return Failure.USAGE;
        }
        String message = Masking.hidePasswords(mistake.getMessage()); // it quotes arguments
        err.println(command.getColorScheme().errorText(command.getCommandName() + ": " + message));
        UnmatchedArgumentException.printSuggestions(mistake, err);
        err.println("'" + command.getCommandSpec().qualifiedName() + " --help' describes it.");
        err.flush();
        return Failure.USAGE;
    }

    /** An error's message is often a name alone. */
    private static String message(Throwable failure) {
        return failure instanceof Error || failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /** As picocli does it, which would leave errors such as a class that is missing to the JVM. */
    private int execute(ParseResult parsed) {
        try {
            return audit.run(parsed, () -> new CommandLine.RunLast().execute(parsed));
        } catch (Error e) {
            List<CommandLine> words = parsed.asCommandLineList();
            return report(e, words.get(words.size() - 1));
        }
    }

    private int report(Throwable failure, CommandLine command) {
        PrintWriter err = command.getErr();
        String message = failure instanceof InterruptedException ? "interrupted" : message(failure);
        err.println(command.getColorScheme().errorText(command.getCommandName() + ": " + message));
        if (verbose) {
            failure.printStackTrace(err);
        }
        err.flush();
        if (failure instanceof Failure known) {
            return known.exitCode();
        }
        if (failure instanceof InterruptedException) {
            return Failure.INTERRUPTED;
        }
        if (failure instanceof ConfigException) {
            return Failure.USAGE;
        }
        if (!verbose) {
            err.println("This was not expected; --verbose shows where it happened.");
            err.flush();
        }
        return Failure.UNREACHABLE;
    }
}
