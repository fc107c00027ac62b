package org.offerstorm.tools.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.terminal.Output;
import org.offerstorm.tools.terminal.StandardStreams;
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

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(stream, true, StandardStreams.charset());
    }
}
