package org.offerstorm.local.demo;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The demo's own lines, and below them, on a terminal, a part that is redrawn in place. It writes to the standard output
 * that the process was started with. Used by several threads.
 */
final class Screen {
    private static final String ESC = "\u001b[";
    private static final int DEFAULT_ROWS = 24;
    private static final int DEFAULT_COLUMNS = 80;
    private static final int FILE_COLUMNS = 120;

    private final PrintStream out;
    private final boolean terminal;
    private int drawnRows;

    /** @param terminal the output is a terminal that understands the usual escape sequences */
    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    boolean isTerminal() {
        return terminal;
    }

    /** Columns of the terminal now; what reads well in a file if there is none. */
    int width() {
        return terminal ? size()[1] : FILE_COLUMNS;
    }

    /** Prints text that stays, above the part that is redrawn; a line feed is added if there is none. */
    synchronized void print(String text) {
        erase();
        out.print(text.endsWith("\n") ? text : text + "\n");
        out.flush();
    }

    /** Nobody reads any more: the other end of a pipe was closed, or the file's disk is full. */
    boolean isGone() {
        return out.checkError();
    }

    /** A line that wraps would take a second row, which the next redrawing would leave behind. */
    private static String cut(String line, int columns) {
        int length = line.codePointCount(0, line.length());
        return length <= columns ? line : line.substring(0, line.offsetByCodePoints(0, columns - 1)) + "…";
    }

    /** Replaces the redrawn part. Does nothing if this is no terminal. */
    synchronized void redraw(String text) {
        if (!terminal) {
            return;
        }
        int[] size = size();
        int rows = size[0];
        String[] lines = text.split("\n", -1);
        int count = text.endsWith("\n") ? lines.length - 1 : lines.length;
        StringBuilder frame = new StringBuilder();
        if (drawnRows > 0) {
            frame.append(ESC).append(drawnRows).append("A\r");
        }
        // What has scrolled off the top could not be reached again.
        int shown = Math.min(count, rows - 1);
        for (int i = 0; i < shown; i++) {
            boolean last = i == shown - 1 && shown < count;
            frame.append(last ? "…" : cut(lines[i], size[1])).append(ESC).append("K\n");
        }
        frame.append(ESC).append('J');
        drawnRows = shown;
        out.print(frame);
        out.flush();
    }

    /** Takes the redrawn part away. */
    synchronized void erase() {
        if (drawnRows > 0) {
            out.print(ESC + drawnRows + "A\r" + ESC + "J");
            drawnRows = 0;
        }
    }

    /** Rows and columns, asked anew, for people resize their windows. */
    private static int[] size() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            if (stty.waitFor(1, TimeUnit.SECONDS) && answer.matches("[1-9][0-9]{0,3} [1-9][0-9]{0,3}")) {
                int blank = answer.indexOf(' ');
                return new int[] {
                    Integer.parseInt(answer.substring(0, blank)), Integer.parseInt(answer.substring(blank + 1))
                };
            }
        } catch (IOException e) {
            return new int[] {DEFAULT_ROWS, DEFAULT_COLUMNS}; // no stty here, or no terminal of this process
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new int[] {DEFAULT_ROWS, DEFAULT_COLUMNS};
    }
}
