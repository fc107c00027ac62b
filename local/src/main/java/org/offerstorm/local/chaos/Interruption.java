package org.offerstorm.local.chaos;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.offerstorm.local.demo.Signals;
import org.offerstorm.local.demo.StopRequest;

/**
 * Ctrl-C and {@code kill} as an interrupt of the thread that made this, where it allows that: clearing up is not cut short. A second one
 * ends the process at once. One in a process.
 */
final class Interruption {
    private final Thread thread = Thread.currentThread();
    private final StopRequest stop = new StopRequest();
    private final Path directory;
    private final Consumer<String> say;
    private boolean allowed;

    private Interruption(Path directory, Consumer<String> say) {
        this.directory = directory;
        this.say = say;
    }

    /**
     * Takes the signals.
     *
     * @param directory of the cluster, for a message
     * @param say told that the end was asked for; called on any thread
     */
    static Interruption take(Path directory, Consumer<String> say) {
        Interruption interruption = new Interruption(directory, say);
        Signals.onStop(interruption::end);
        return interruption;
    }

    /** From now on it may interrupt; does so at once if the end was asked for meanwhile. */
    synchronized void allow() {
        allowed = true;
        if (isRequested()) {
            thread.interrupt();
        }
    }

    /** From now on it does not interrupt; an interrupt that nobody has noticed yet is forgotten. */
    @SuppressWarnings("ReturnValueIgnored") // cleared
    synchronized void forbid() {
        allowed = false;
        Thread.interrupted();
    }

    boolean isRequested() {
        return stop.isRequested();
    }

    /** The process's exit code for it. */
    int code() {
        return stop.code();
    }

    private void end(int exitCode) {
        if (!stop.request(exitCode)) {
            say.accept("The servers go on; './offerstorm cluster down --dir " + directory + "' ends them.");
            Runtime.getRuntime().halt(exitCode);
        }
        say.accept(
                "Ending: whatever is broken is healed, the cluster taken down. Ctrl-C again ends this command at once.");
        synchronized (this) {
            if (allowed) {
                thread.interrupt();
            }
        }
    }
}
