package org.offerstorm.tools.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.config.ConfigException;
import org.offerstorm.tools.config.Masking;
import org.offerstorm.tools.terminal.Output;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * One line for each run of a command that changes something ({@link Audited}): who, where, what with which arguments, and how it
 * ended. It goes to the logger {@value #LOGGER} and, if {@value #FILE} names a file, to that file, which is only ever appended to.
 * The line is JSON in the fields of the Elastic Common Schema; docs/operations.md lists them. Secrets are masked.
 */
final class Audit {
    /** Environment variable: the file. */
    static final String FILE = "OFFERSTORM_AUDIT_LOG";
    /** Name of the logger. */
    static final String LOGGER = "offerstorm.audit";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
    private static final String SETTING = "-c";

    private final Map<String, String> environment;

    Audit(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Runs a command, and writes the line when it has ended, however that is.
     *
     * @return the command's exit code; 3 in place of 0 if its line could not be written
     * @throws Failure if the file cannot be opened; the command is not run then
     */
    int run(ParseResult parsed, IntSupplier command) {
        List<CommandLine> words = parsed.asCommandLineList();
        CommandLine last = words.get(words.size() - 1);
        if (!(last.getCommand() instanceof Audited) || isHelp(parsed)) {
            return command.getAsInt();
        }
        Entry entry = new Entry(last.getCommandSpec().qualifiedName(" "), arguments(parsed), Instant.now());
        FileChannel file = open(last);
        try {
            AtomicBoolean isWritten = new AtomicBoolean();
            Thread interrupted = new Thread(
                    () -> write(file, isWritten, entry, Failure.INTERRUPTED, "interrupted"), "audit-interrupted");
            addHook(interrupted);
            try {
                int code = command.getAsInt();
                boolean missing = !write(file, isWritten, entry, code, "");
                return missing && code == 0 ? Failure.UNREACHABLE : code;
            } catch (RuntimeException | Error e) {
                Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
                write(file, isWritten, entry, code(cause), String.valueOf(cause.getMessage()));
                throw e;
            } finally {
                removeHook(interrupted);
            }
        } finally {
            close(file);
        }
    }

    private static void close(FileChannel file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            LOG.debug("closing the audit log", e);
        }
    }

    private static boolean isHelp(ParseResult parsed) {
        for (ParseResult at = parsed; at != null; at = at.hasSubcommand() ? at.subcommand() : null) {
            if (at.isUsageHelpRequested() || at.isVersionHelpRequested()) {
                return true;
            }
        }
        return false;
    }

    /** What was given, option by option, in the order of the command line; never what the options' defaults are. */
    static List<String> arguments(ParseResult parsed) {
        List<String> arguments = new ArrayList<>();
        for (ParseResult at = parsed; at != null; at = at.hasSubcommand() ? at.subcommand() : null) {
            for (ArgSpec argument : at.matchedArgs()) {
                if (argument instanceof OptionSpec option) {
                    String name = option.longestName();
                    List<String> values = option.originalStringValues();
                    if (values.isEmpty() || option.arity().max() == 0) {
                        arguments.add(name);
                        continue;
                    }
                    for (String value : values) {
                        arguments.add(name);
                        arguments.add(name.equals(SETTING) ? Masking.setting(value) : Masking.argument(name, value));
                    }
                } else if (argument instanceof PositionalParamSpec positional) {
                    positional.originalStringValues().forEach(value -> arguments.add(Masking.argument("", value)));
                }
            }
        }
        return arguments;
    }

    /** Null if none is wanted. */
    private FileChannel open(CommandLine command) {
        String name = environment.get(FILE);
        if (name == null || name.isBlank()) {
            return null;
        }
        try {
            return FileChannel.open(
                    Path.of(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new ExecutionException(
                    command,
                    "audit",
                    Failure.unreachable(
                            FILE + ": cannot write to " + name + ": " + Output.reason(e) + "; nothing was done", e));
        } catch (InvalidPathException e) {
            throw new ExecutionException(
                    command, "audit", Failure.usage(FILE + ": '" + name + "' is not a path; nothing was done"));
        }
    }

    /** Whether the line is in the file, or none is wanted. */
    private boolean write(FileChannel file, AtomicBoolean isWritten, Entry entry, int code, String message) {
        if (!isWritten.compareAndSet(false, true)) {
            return true;
        }
        String line = entry.line(environment, code, message);
        LOG.info("{}", line);
        if (file != null) {
            try {
                // In one call, so that lines of commands that run at the same time do not mix.
                file.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
                file.force(false);
            } catch (IOException e) {
                LOG.error(
                        "{}: the command has ended with {}, but its line is missing: {}", FILE, code, Output.reason(e));
                return false;
            }
        }
        return true;
    }

    private static int code(Throwable failure) {
        if (failure instanceof Failure known) {
            return known.exitCode();
        }
        if (failure instanceof InterruptedException) {
            return Failure.INTERRUPTED;
        }
        return failure instanceof ConfigException || failure instanceof ParameterException
                ? Failure.USAGE
                : Failure.UNREACHABLE;
    }

    private static void addHook(Thread hook) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("the process is ending", e);
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("the process is ending", e);
        }
    }

    private record Entry(String command, List<String> arguments, Instant began) {
        private static final JsonFactory JSON = new JsonFactory();
        private static final int LONGEST_MESSAGE = 500;

        String line(Map<String, String> environment, int code, String message) {
            StringWriter text = new StringWriter();
            try (JsonGenerator json = JSON.createGenerator(text).setHighestNonEscapedChar('~')) {
                json.writeStartObject();
                json.writeStringField(
                        "@timestamp", began.truncatedTo(ChronoUnit.MILLIS).toString());
                json.writeStringField("ecs.version", "1.2.0");
                json.writeStringField("log.logger", LOGGER);
                json.writeStringField("log.level", code == 0 ? "INFO" : "WARN");
                json.writeStringField("event.kind", "event");
                json.writeStringField("event.action", command);
                json.writeStringField("event.outcome", outcome(code));
                json.writeNumberField("event.duration", ChronoUnit.NANOS.between(began, Instant.now()));
                json.writeStringField("user.name", System.getProperty("user.name", "?"));
                if (environment.containsKey("SUDO_USER")) {
                    json.writeStringField("sudo_user", environment.get("SUDO_USER"));
                }
                json.writeStringField("host.hostname", HostName.of(environment));
                json.writeArrayFieldStart("process.args");
                for (String argument : arguments) {
                    json.writeString(argument);
                }
                json.writeEndArray();
                json.writeNumberField("process.pid", ProcessHandle.current().pid());
                json.writeNumberField("process.exit_code", code);
                String said = Masking.argument("", message);
                json.writeStringField(
                        "message",
                        command + ": " + outcome(code)
                                + (said.isEmpty()
                                        ? ""
                                        : ": " + said.substring(0, Math.min(said.length(), LONGEST_MESSAGE))));
                json.writeEndObject();
            } catch (IOException e) {
                throw new UncheckedIOException("writing to memory", e);
            }
            return text.toString();
        }

        /** In the words of ECS; an interrupted command may have done a part of its work. */
        private static String outcome(int code) {
            return code == 0 ? "success" : code == Failure.INTERRUPTED ? "unknown" : "failure";
        }
    }
}
