package org.offerstorm.local.cluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.offerstorm.core.check.Failure;

/**
 * {@code cluster kill|stop|start|restart NAME...}: what people do to single servers and workers. Programs have {@link ClusterControl}.
 * Used by one thread. Every method throws {@link Failure} if a name means nothing, if another command is changing the cluster, or
 * if a process does not do as it should.
 */
public final class ServerActions {
    private final Path cluster;
    private final Consumer<String> say;

    /**
     * Looks at nothing yet.
     *
     * @param cluster directory of the cluster
     * @param say gets a line for each action on a process; called by one thread at a time
     */
    public ServerActions(Path cluster, Consumer<String> say) {
        this.cluster = cluster;
        this.say = new Consumer<>() {
            @Override
            public synchronized void accept(String line) {
                say.accept(line);
            }
        };
    }

    /** SIGKILL, as a crash would be. */
    public void kill(List<String> names) throws IOException {
        locked(directory -> {
            Selection selection = Selection.of(directory, blueprint(directory), names);
            for (Server server : selection.servers()) {
                Optional<ProcessId> process = new Launcher(directory).running(server);
                if (process.isEmpty()) {
                    throw Failure.usage(server.name() + " does not run");
                }
                kill(server.name(), process.get());
            }
            selection.workers().forEach(worker -> kill(worker.name() + " of " + worker.topology(), worker.process()));
        });
    }

    /** SIGTERM, and SIGKILL for what has not ended after a while. */
    public void stop(List<String> names) throws IOException {
        locked(directory -> {
            Selection selection = Selection.of(directory, blueprint(directory), names);
            Stop stop = new Stop(directory, new Launcher(directory), say);
            stop.workers(selection.workers());
            stop.stop(selection.servers());
        });
    }

    /**
     * Starts those servers that do not run, and waits until all of them serve.
     *
     * @param patience how long a server may make no progress
     */
    public void start(List<String> names, Duration patience) throws IOException {
        locked(directory -> start(directory, servers(directory, names), patience));
    }

    /**
     * Stops servers, then starts them.
     *
     * @param patience how long a server may make no progress
     */
    public void restart(List<String> names, Duration patience) throws IOException {
        locked(directory -> {
            List<Server> servers = servers(directory, names);
            new Stop(directory, new Launcher(directory), say).stop(servers);
            start(directory, servers, patience);
        });
    }

    private void locked(Action action) throws IOException {
        ClusterDirectory directory = ClusterDirectory.existing(cluster);
        try (FileChannel lock = directory.lock()) {
            action.run(directory);
        }
    }

    private void kill(String name, ProcessId process) {
        process.kill();
        if (!process.awaitEnd(Stop.AFTER_KILL)) {
            throw Failure.unreachable(name + " (pid " + process.pid() + ") survives SIGKILL", null);
        }
        say.accept(String.format(Locale.ROOT, "%-14s pid %7d  killed", name, process.pid()));
    }

    private void start(ClusterDirectory directory, List<Server> servers, Duration patience) throws IOException {
        LoggingFile.write(directory.resolve("conf").resolve("log4j2.xml"));
        new Start(
                        directory,
                        new Launcher(directory),
                        patience,
                        (server, process) -> say.accept(String.format(
                                Locale.ROOT,
                                "%-14s pid %7d  port %5d  up",
                                server.name(),
                                process.pid(),
                                server.port())),
                        say)
                .run(servers);
    }

    private static List<Server> servers(ClusterDirectory directory, List<String> names) throws IOException {
        if (names.stream().anyMatch(name -> name.startsWith("worker"))) {
            throw Failure.usage(
                    "workers are started by their Supervisor; 'cluster kill' or 'stop' one, and it comes back");
        }
        return Selection.of(directory, blueprint(directory), names).servers();
    }

    private static Blueprint blueprint(ClusterDirectory directory) throws IOException {
        return Blueprint.of(directory, 0);
    }

    /** What is done while no other command changes the cluster. */
    private interface Action {
        void run(ClusterDirectory directory) throws IOException;
    }
}
