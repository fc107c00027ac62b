package org.offerstorm.local.demo;

import java.io.PrintStream;
import org.offerstorm.tools.terminal.Terminals;

/**
 * The demo's own lines, and below them, on a terminal, a part that is redrawn in place. It writes to the standard output
 * that the process was started with. Used by several threads.
 */
final class Screen {
    private static final String ESC = "\u001b[";
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

    /** Columns of the terminal now; without a terminal, a width that reads well in a file. */
    int width() {
        return terminal ? Terminals.size().columns() : FILE_COLUMNS;
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

    /** Replaces the redrawn part. Does nothing if the output is not a terminal. */
    synchronized void redraw(String text) {
        if (!terminal) {
            return;
        }
        Terminals.Size size = Terminals.size();
        int rows = size.rows();
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
            frame.append(last ? "…" : cut(lines[i], size.columns())).append(ESC).append("K\n");
        }
        frame.append(ESC).append('J');
        drawnRows = shown;
        out.print(frame);
        out.flush();
    }

    /** Removes the redrawn part. */
    synchronized void erase() {
        if (drawnRows > 0) {
            out.print(ESC + drawnRows + "A\r" + ESC + "J");
            drawnRows = 0;
        }
    }
}
