package org.offerstorm.tools.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Whether somebody looks at standard output and standard error, so that redrawing and progress bars make sense, and types on
 * standard input; and how large the window is. Safe for use by many threads.
 */
public final class Terminals {
    private static final Path STREAMS = Path.of("/proc/self/fd");
    private static final String NUMBER = "[1-9][0-9]{0,5}";
    private static final Size USUAL = new Size(24, 80);

    private Terminals() {}

    /**
     * A window.
     *
     * @param rows of characters
     * @param columns of characters
     */
    public record Size(int rows, int columns) {}

    /** Whether somebody can answer on standard input. */
    public static boolean isInput() {
        return isTerminal(0);
    }

    /**
     * Whether standard output is a terminal that understands the usual escape sequences. Where the system does not tell Java (macOS),
     * the launcher does: {@code -Dofferstorm.terminal=true}.
     */
    public static boolean isOutput() {
        return Boolean.getBoolean("offerstorm.terminal") || (isLinux() && understandsEscapes() && isTerminal(1));
    }

    /** Whether standard error is a terminal that understands the usual escape sequences. */
    public static boolean isError() {
        return understandsEscapes() && isTerminal(2);
    }

    /** The window now, because people resize theirs; 24 rows of 80 columns if there is none, or the system does not tell. */
    public static Size size() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return stty.waitFor(1, TimeUnit.SECONDS) ? size(answer) : USUAL;
        } catch (IOException e) {
            return USUAL; // no stty here, or no terminal of this process
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }

    /** Columns for standard output: what COLUMNS says (the launcher sets it), else those of its window, else {@code otherwise}. */
    public static int width(int otherwise) {
        String columns = System.getenv("COLUMNS");
        if (columns != null && columns.matches(NUMBER)) {
            return Integer.parseInt(columns);
        }
        return isOutput() ? size().columns() : otherwise;
    }

    /** What {@code stty size} answers: rows, a blank, columns. */
    static Size size(String answer) {
        if (!answer.matches(NUMBER + " " + NUMBER)) {
            return USUAL;
        }
        int blank = answer.indexOf(' ');
        return new Size(Integer.parseInt(answer.substring(0, blank)), Integer.parseInt(answer.substring(blank + 1)));
    }

    private static boolean understandsEscapes() {
        String term = System.getenv("TERM");
        return term != null && !term.equals("dumb");
    }

    private static boolean isLinux() {
        return Files.isDirectory(STREAMS);
    }

    @SuppressWarnings("SystemConsoleNull") // where it is never null, the bar shows where it need not
    private static boolean isTerminal(int stream) {
        try {
            // Java's console is about standard input and output together; produce often has a pipe there.
            return isDevice(Files.readSymbolicLink(STREAMS.resolve(Integer.toString(stream)))
                    .toString());
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null; // no Linux
        }
    }

    static boolean isDevice(String file) {
        return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty");
    }
}
