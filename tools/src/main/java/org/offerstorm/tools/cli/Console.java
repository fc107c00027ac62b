package org.offerstorm.tools.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.terminal.Output;
import org.offerstorm.tools.terminal.StandardStreams;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParseResult;

/** Runs a command line on the process's own streams. Called once, by {@code main}. */
public final class Console {
    /** System property: look at the arguments, and run nothing. The launcher builds only for a command that can run. */
    private static final String PARSE_ONLY = "offerstorm.parse-only";

    /** What Java makes of a byte that it cannot read. */
    private static final char REPLACEMENT = '\ufffd';

    private Console() {}

    /**
     * Parses and runs.
     *
     * @return the process's exit code
     */
    public static int execute(CommandLine line, String... arguments) {
        // Texts are English, and most are read by programs: also those of the libraries have the same digits
        // everywhere.
        Locale.setDefault(Locale.ROOT);
        // Not System.out: it keeps a closed pipe to itself, and the demo sends it to a file.
        Output out = new Output(new FileOutputStream(FileDescriptor.out));
        PrintWriter err = writer(new FileOutputStream(FileDescriptor.err));
        String unreadable = unreadable(System.getProperty("sun.jnu.encoding"), arguments);
        if (unreadable != null) {
            err.println(line.getCommandName() + ": " + unreadable);
            return Failure.USAGE;
        }
        if (Boolean.getBoolean(PARSE_ONLY)) {
            line.setExecutionStrategy(Console::check);
        }
        int code = line.setOut(writer(out)).setErr(err).execute(arguments);
        line.getOut().flush();
        if (out.failure() == null) {
            return code;
        }
        try {
            return Output.end("standard output", out.failure());
        } catch (Failure e) {
            err.println(line.getCommandName() + ": " + e.getMessage());
            return e.exitCode();
        }
    }

    private static int check(ParseResult parsed) {
        List<CommandLine> words = parsed.asCommandLineList();
        CommandLine last = words.get(words.size() - 1);
        if (last.getCommand() instanceof Checked checked) {
            try {
                checked.check();
            } catch (Exception e) {
                throw new ExecutionException(last, "refused", e);
            }
        }
        return 0;
    }

    /** What is wrong with arguments that Java could not read because of its locale; null if nothing is. */
    static String unreadable(String charset, String... arguments) {
        if (charset == null
                || !Charset.isSupported(charset)
                || !Charset.forName(charset).equals(US_ASCII)) {
            return null;
        }
        return Stream.of(arguments)
                .filter(argument -> argument.indexOf(REPLACEMENT) >= 0)
                .findFirst()
                .map(argument -> "cannot read the argument '" + argument + "': in this locale Java knows ASCII only;"
                        + " set LC_ALL=C.UTF-8, or another UTF-8 locale that 'locale -a' lists")
                .orElse(null);
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(stream, true, StandardStreams.charset());
    }
}
