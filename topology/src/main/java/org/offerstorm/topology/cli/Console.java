package org.offerstorm.topology.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.offerstorm.topology.Failure;
import picocli.CommandLine;

/** Runs a command line on the process's own streams. Called once, by {@code main}. */
public final class Console {
    private Console() {}

    /**
     * Parses and runs.
     *
     * @return the process's exit code
     */
    public static int execute(CommandLine line, String... arguments) {
        // Not System.out: it keeps a closed pipe to itself, and the demo sends it to a file.
        Output out = new Output(new FileOutputStream(FileDescriptor.out));
        PrintWriter err = writer(new FileOutputStream(FileDescriptor.err));
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

    /** Standard output for text, in the terminal's {@link #charset()}. */
    public static PrintStream stdout() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), false, charset());
    }

    /**
     * The terminal's charset. Where the environment names none (LANG=C, as in containers and cron) it is ASCII to Java; there
     * UTF-8 is written, which today's terminals show and files want, in place of question marks.
     */
    public static Charset charset() {
        return charset(System.getProperty("stdout.encoding", System.getProperty("native.encoding")));
    }

    static Charset charset(String name) {
        if (name == null || !Charset.isSupported(name)) {
            return Charset.defaultCharset();
        }
        Charset charset = Charset.forName(name);
        return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(stream, true, charset());
    }
}
