package org.offerstorm.core.check;

import java.util.Objects;

/**
 * One thing that was looked at.
 *
 * @param name what: {@code topic offers}
 * @param where address, file or directory; without secrets
 * @param message what was found, one line
 * @param fix what to do, one line; empty if nothing needs to be done
 */
public record Finding(Level level, String name, String where, String message, String fix) {
    /** How bad it is. */
    public enum Level {
        /** As it must be. */
        OK,
        /** The topology runs, but something is worse than it could be. */
        WARN,
        /** The topology cannot run, or a guarantee would not hold. */
        FAIL
    }

    public Finding {
        Objects.requireNonNull(level, "level");
        name = line(name);
        where = line(where);
        message = line(message);
        fix = line(fix);
    }

    public static Finding ok(String name, String where, String message) {
        return new Finding(Level.OK, name, where, message, "");
    }

    public static Finding warn(String name, String where, String message, String fix) {
        return new Finding(Level.WARN, name, where, message, fix);
    }

    public static Finding fail(String name, String where, String message, String fix) {
        return new Finding(Level.FAIL, name, where, message, fix);
    }

    public boolean isFailure() {
        return level == Level.FAIL;
    }

    /** Servers' messages may have many lines, and bytes that a terminal would obey. */
    private static String line(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }
}
