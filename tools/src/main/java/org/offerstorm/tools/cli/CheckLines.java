package org.offerstorm.tools.cli;

import java.util.Locale;

/** How {@code doctor}, {@code setup} and {@code submit} show what they looked at. */
public final class CheckLines {
    private static final String FIX = "\n           fix: ";

    private CheckLines() {}

    /**
     * One line, and a second one with the fix if something needs to be done.
     *
     * @param state {@code ok}, {@code FAIL} and the like
     * @param fix may be empty
     */
    public static String of(String state, String name, String where, String message, String fix) {
        String text = message.isEmpty() ? "" : "  " + message;
        return String.format(Locale.ROOT, "%-9s  %-18s  %s", state, name, where)
                + text
                + (fix.isEmpty() ? "" : FIX + fix);
    }
}
