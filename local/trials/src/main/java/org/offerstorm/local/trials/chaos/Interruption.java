package org.offerstorm.local.trials.chaos;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.terminal.Signals;
import org.offerstorm.tools.terminal.StopRequest;

/**
 * Ctrl-C and {@code kill} as an interrupt of the thread that made this, where it allows that: clearing up is not cut short. A second one
 * ends the process at once. One in a process.
 */
final class Interruption {
    private final Thread thread = Thread.currentThread();
    private final StopRequest stop = new StopRequest();
    private final Path directory;
    private final Consumer<String> say;
    private final AtomicBoolean signalled = new AtomicBoolean();
    private boolean allowed;

    private Interruption(Path directory, Consumer<String> say) {
        this.directory = directory;
        this.say = say;
    }

    /**
     * Takes the signals.
     *
     * @param directory of the cluster, for a message
     * @param say gets a line when the end is asked for; called on any thread
     */
    static Interruption take(Path directory, Consumer<String> say) {
        Interruption interruption = new Interruption(directory, say);
        Signals.onStop(interruption::end);
        return interruption;
    }

    /** From now on it may interrupt; does so at once if the end has been asked for. */
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

    /** Throws if the end was asked for. */
    void check() throws InterruptedException {
        if (isRequested()) {
            throw new InterruptedException();
        }
    }

    /** The process's exit code for it. */
    int code() {
        return stop.code();
    }

    /** Nobody reads what the command says any more, as after {@code | head}: it ends as by a signal. */
    void unread() {
        if (stop.request(Failure.PIPE_CLOSED)) {
            interrupt();
        }
    }

    private void end(int exitCode) {
        stop.request(exitCode);
        if (signalled.getAndSet(true)) {
            say.accept("The servers keep running; './offerstorm cluster down --dir " + directory + "' ends them.");
            Runtime.getRuntime().halt(exitCode);
        }
        say.accept(
                "Ending: the current fault is healed and the cluster is taken down. Ctrl-C again ends this command at once.");
        interrupt();
    }

    private synchronized void interrupt() {
        if (allowed) {
            thread.interrupt();
        }
    }
}
