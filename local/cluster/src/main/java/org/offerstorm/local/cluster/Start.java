package org.offerstorm.local.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.terminal.Pause;
import org.slf4j.LoggerFactory;

/**
 * Starts servers and waits until each serves. What it started, and what that started in turn (workers), ends again if one
 * of them does not come up, or if this process is ended during the start. Used once, by one thread.
 */
final class Start {
    /** How long a server may make no progress, unless the user says otherwise. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int CONNECT_MILLIS = 1_000;
    private static final int LOG_LINES = 12;

    private final ClusterDirectory directory;
    private final Launcher launcher;
    private final Duration patience;
    private final BiConsumer<Server, ProcessId> progress;
    private final Consumer<String> say;
    private final Newcomers newcomers;
    private final Map<String, ProcessId> started = new ConcurrentHashMap<>();
    /** Servers that are not up and make progress; one that makes none may wait for one of these. */
    private final Set<String> moving = ConcurrentHashMap.newKeySet();

    private final Set<String> serving = ConcurrentHashMap.newKeySet();

    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private volatile boolean givenUp;

    /**
     * Starts nothing yet.
     *
     * @param patience how long a server may make no progress
     * @param progress called for each server that serves, also for those that did before; called on any thread
     * @param say gets a line if what was started has to be ended; called on any thread
     */
    Start(
            ClusterDirectory directory,
            Launcher launcher,
            Duration patience,
            BiConsumer<Server, ProcessId> progress,
            Consumer<String> say) {
        this.directory = directory;
        this.launcher = launcher;
        this.patience = patience;
        this.progress = progress;
        this.say = say;
        this.newcomers = Newcomers.from(directory);
    }

    /**
     * Starts those that do not run.
     *
     * @param servers each after those that it needs
     * @return how many were started
     * @throws Failure if one does not come up
     */
    int run(List<Server> servers) throws IOException {
        // Several threads at once would not be served while the logging starts.
        LoggerFactory.getILoggerFactory();
        Thread hook = new Thread(this::giveUp, "end-what-was-started");
        Runtime.getRuntime().addShutdownHook(hook);
        boolean up = false;
        try {
            List<CompletableFuture<Void>> waits = new ArrayList<>();
            for (Server server : servers) {
                ProcessId process = startUnlessRunning(server);
                CompletableFuture<Void> wait = CompletableFuture.runAsync(
                        () -> awaitHealthOrFail(server, process), task -> new Thread(task, server.name()).start());
                waits.add(wait);
                if (server.name().equals(OtherServers.ZOOKEEPER)) {
                    join(List.of(wait)); // Storm's daemons end without it
                }
            }
            join(waits);
            up = true;
            return started.size();
        } finally {
            remove(hook);
            if (!up) {
                giveUp();
            }
        }
    }

    /** If this process is being ended, the hook does the rest, and what this thread found no longer matters. */
    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            while (true) { // until the JVM halts, which it does when the hook is through
                LockSupport.park(hook);
            }
        }
    }

    private ProcessId startUnlessRunning(Server server) throws IOException {
        ProcessId running = launcher.running(server).orElse(null);
        if (running != null) {
            return running;
        }
        synchronized (started) {
            if (givenUp) {
                throw Failure.interrupted("interrupted", null);
            }
            ProcessId process = launcher.start(server);
            started.put(server.name(), process);
            return process;
        }
    }

    private void awaitHealth(Server server, ProcessId process) {
        moving.add(server.name());
        Progress start = Progress.of(process, directory.log(server.name()), patience);
        String last = "it does not listen on port " + server.port();
        while (!givenUp) {
            if (accepts(server.port())) {
                try {
                    server.health().check();
                    serving.add(server.name()); // first, so that nobody who waited for it sees that nothing moves
                    moving.remove(server.name());
                    if (!givenUp) {
                        progress.accept(server, process);
                    }
                    return;
                } catch (Exception e) {
                    last = e.getMessage() == null ? e.toString() : e.getMessage();
                }
            }
            if (!process.isAlive() && !givenUp) {
                throw failure(server, "ended instead of serving");
            }
            start.step(last);
            int others = serving.size();
            serving.forEach(
                    name -> start.step(name + " is up")); // what waited for it has its whole patience from now on
            Optional<String> over = start.givenUp();
            if (over.isEmpty()) {
                moving.add(server.name());
            } else {
                moving.remove(server.name());
            }
            if (over.isPresent() && moving.isEmpty() && serving.size() == others) {
                throw failure(
                        server,
                        "does not serve: " + over.get() + " (" + last + "); if this machine is busy, wait longer with"
                                + " --wait");
            }
            Pause.of(POLL);
        }
    }

    private Failure failure(Server server, String what) {
        List<String> lines;
        try {
            lines = LogTail.of(directory.log(server.name()), LOG_LINES);
        } catch (IOException e) {
            lines = List.of(e.toString());
        }
        return Failure.unreachable(
                server.name() + " " + what + "; the end of " + directory.log(server.name()) + ":\n  "
                        + String.join("\n  ", lines),
                null);
    }

    private void awaitHealthOrFail(Server server, ProcessId process) {
        try {
            awaitHealth(server, process);
        } catch (RuntimeException e) {
            failed.completeExceptionally(e);
            throw e;
        }
    }

    /** All of them, and at the first failure no longer. */
    private void join(List<CompletableFuture<Void>> waits) {
        try {
            CompletableFuture.anyOf(CompletableFuture.allOf(waits.toArray(new CompletableFuture<?>[0])), failed)
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.interrupted("interrupted", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof Failure known ? known : Failure.unreachable(cause.toString(), cause);
        }
    }

    /** Ends the processes that were started here and their children, and nothing else; also called when the process is asked to end. */
    private void giveUp() {
        synchronized (started) {
            givenUp = true;
        }
        if (started.isEmpty()) {
            return;
        }
        say.accept("Ending what was started.");
        newcomers.end(processes(true), processes(false));
        started.keySet().forEach(this::forget);
    }

    private void forget(String server) {
        try {
            launcher.forget(server);
        } catch (IOException e) {
            // The file names a process that has ended, which every reader finds out.
            return;
        }
    }

    private List<ProcessId> processes(boolean supervisors) {
        return started.entrySet().stream()
                .filter(server -> server.getKey().startsWith(StormDaemons.SUPERVISOR) == supervisors)
                .map(Map.Entry::getValue)
                .toList();
    }

    static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
