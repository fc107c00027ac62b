package org.offerstorm.local.demo;

import java.io.IOException;
import java.time.Duration;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.servers.EmbeddedPostgres;
import org.offerstorm.local.servers.EmbeddedRedis;
import org.offerstorm.tools.terminal.Signals;
import org.offerstorm.tools.terminal.StopRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the process of a demo ends: in order if that is possible, but always in bounded time and without leaving a
 * process or a lock behind, for any cause. Signals, the main thread and the JVM's shutdown call it, each on its own thread.
 */
final class Ending {
    /** What draining and stopping may take; 10 s is usual. */
    private static final Duration IN_ORDER = Duration.ofSeconds(45);
    /** After a start that was not finished nothing is stopped; only the JVM's shutdown hooks run. */
    private static final Duration ABANDONED = Duration.ofSeconds(5);

    private final Screen screen;
    private final StopRequest stop;
    /** Null until this process has it. */
    private volatile DataDirectory directory;

    private volatile int code = Failure.UNREACHABLE;
    private volatile String reason;
    private volatile boolean done;

    private Ending(Screen screen, StopRequest stop) {
        this.screen = screen;
        this.stop = stop;
    }

    /**
     * From now on Ctrl-C, {@code kill} and a closed terminal ask {@code stop}; a second time they end the process at once.
     * To be called before the directory is taken: a signal in between would leave it taken.
     */
    static Ending prepare(Screen screen, StopRequest stop) {
        Ending ending = new Ending(screen, stop);
        Signals.onStop(ending::signalled);
        Runtime.getRuntime().addShutdownHook(new Thread(ending::shutDown, "leave-nothing-behind"));
        return ending;
    }

    /** This process has taken the directory, which is given back at any end. */
    void took(DataDirectory taken) {
        directory = taken;
    }

    /** The servers are being stopped: if that takes too long, the process ends with this code anyway. */
    void inOrder(int exitCode) {
        within(IN_ORDER, exitCode);
    }

    /** As {@link #inOrder}, because of a failure, which is reported even if the process ends before its caller can report it. */
    void failed(Failure failure) {
        reason = failure.getMessage();
        inOrder(failure.exitCode());
    }

    /** Everything is stopped that could be; the caller reports the rest and ends the process. */
    void done() {
        done = true;
    }

    /** The servers were only half started, and are left as a kill leaves them, which all of them survive. */
    void abandon(int exitCode) {
        within(ABANDONED, exitCode);
        endProcesses();
    }

    private void signalled(int exitCode) {
        if (stop.request(exitCode)) {
            screen.print("Ending; Ctrl-C again ends at once.");
            reason = "";
            inOrder(exitCode);
        } else {
            halt(exitCode);
        }
    }

    /** Storm's threads may end the process at any time; then its exit code is one of Storm's. */
    private void shutDown() {
        endProcesses();
        giveBack();
        if (!done) {
            String why = reason;
            screen.print(why != null ? why : fatal());
            Runtime.getRuntime().halt(code);
        }
    }

    private String fatal() {
        DataDirectory taken = directory;
        return taken == null
                ? "the process was ended before it had its directory"
                : "Storm ended the process, as it does after a fatal fault; offerstorm.log in " + taken.resolve("logs")
                        + " says which. What was acknowledged is kept";
    }

    private void within(Duration patience, int exitCode) {
        code = exitCode;
        Thread watch = new Thread(
                () -> {
                    try {
                        Thread.sleep(patience.toMillis());
                    } catch (InterruptedException e) {
                        return; // nobody does
                    }
                    String why = reason;
                    if (!done && why != null && !why.isEmpty()) {
                        screen.print(why); // the caller has not come to it
                    }
                    screen.print("The servers did not stop within " + patience.toSeconds()
                            + " s; ended without them. What was acknowledged is kept.");
                    halt(exitCode);
                },
                "end-at-last");
        watch.setDaemon(true);
        watch.start();
    }

    private void halt(int exitCode) {
        endProcesses();
        giveBack();
        Runtime.getRuntime().halt(exitCode);
    }

    /** Redis and PostgreSQL are our only processes apart from this one. */
    private void endProcesses() {
        DataDirectory taken = directory;
        if (taken == null) {
            return;
        }
        try {
            EmbeddedRedis.endForGood(taken.resolve(DemoServers.REDIS));
        } catch (IOException e) {
            log().error("Redis does not end", e);
        }
        try {
            EmbeddedPostgres.endForGood(taken.resolve(DemoServers.POSTGRES));
        } catch (IOException e) {
            log().error("PostgreSQL does not end", e);
        }
    }

    private void giveBack() {
        DataDirectory taken = directory;
        if (taken == null) {
            return;
        }
        try {
            taken.close();
        } catch (IOException e) {
            log().error("{} is not given back; the lock ends with this process", taken.root(), e);
        }
    }

    /** Not before the logs go to files. */
    private static Logger log() {
        return LoggerFactory.getLogger(Ending.class);
    }
}
