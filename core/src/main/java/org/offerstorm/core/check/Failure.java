package org.offerstorm.core.check;

/**
 * Ends a command: one message for the person at the terminal (what happened, where, what to do) and the exit code. No stack
 * trace is shown unless asked for.
 */
public final class Failure extends RuntimeException {
    public static final int DIFFERENCE = 1;
    public static final int USAGE = 2;
    public static final int UNREACHABLE = 3;
    /** What shells give to a program that Ctrl-C ended. */
    public static final int INTERRUPTED = 130;
    /** What shells give to a program that wrote into a closed pipe. */
    public static final int PIPE_CLOSED = 141;

    private final int exitCode;

    private Failure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** Something was compared, and differs; or a run did not succeed. */
    public static Failure difference(String message) {
        return new Failure(DIFFERENCE, message, null);
    }

    /** The command was called in a way that cannot work. */
    public static Failure usage(String message) {
        return new Failure(USAGE, message, null);
    }

    /** A server, a file or a port is unavailable. */
    public static Failure unreachable(String message, Throwable cause) {
        return new Failure(UNREACHABLE, message, cause);
    }

    /**
     * Somebody asked the command to end before it was done.
     *
     * @param cause null if there is none
     */
    public static Failure interrupted(String message, Throwable cause) {
        return new Failure(INTERRUPTED, message, cause);
    }

    public int exitCode() {
        return exitCode;
    }
}
