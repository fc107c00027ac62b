package org.offerstorm.tools.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether somebody looks at standard error, so that a progress bar makes sense, and types on standard input. */
public final class Terminals {
    private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private Terminals() {}

    public static boolean isErrorTerminal() {
        return !"dumb".equals(System.getenv("TERM")) && isTerminal(STANDARD_ERROR);
    }

    /** Whether somebody can answer on standard input. */
    public static boolean isInputTerminal() {
        return isTerminal(STANDARD_INPUT);
    }

    @SuppressWarnings("SystemConsoleNull") // where it is never null, the bar shows where it need not
    private static boolean isTerminal(Path stream) {
        try {
            // The library's console is about standard input and output; produce often has a pipe there.
            String device = Files.readSymbolicLink(stream).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null; // no Linux
        }
    }
}
