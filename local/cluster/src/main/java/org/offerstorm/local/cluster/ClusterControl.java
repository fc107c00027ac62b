package org.offerstorm.local.cluster;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.cli.DefaultFile;

/**
 * Kills, stops, pauses and starts single processes of a cluster that is up, for programs; people have {@code cluster kill|stop|start}.
 * Servers and workers go by the names of {@code cluster status}: {@code redis}, {@code solr}, {@code kafka-1}, {@code namenode},
 * {@code datanode}, {@code zookeeper}, {@code nimbus}, {@code supervisor-1}, {@code worker-6700}.
 *
 * <p>Used by one thread; {@link #workerProcesses} and {@link #endedWorkers} by any. Every method throws {@link Failure} if a name means nothing,
 * if a process does not do as it should, or if the thread is interrupted.
 */
public final class ClusterControl {
    private final ClusterDirectory directory;
    private final Launcher launcher;
    private final Consumer<String> say;
    private final Map<String, ProcessId> paused = new LinkedHashMap<>();
    private final Set<Long> ended = new HashSet<>();

    private ClusterControl(ClusterDirectory directory, Consumer<String> say) {
        this.directory = directory;
        this.launcher = new Launcher(directory);
        this.say = say;
    }

    /**
     * Of a cluster that {@code cluster up} made.
     *
     * @param directory its {@code --dir}
     * @param say gets a line for each action on a process; called on any thread
     */
    public static ClusterControl of(Path directory, Consumer<String> say) throws IOException {
        return new ClusterControl(ClusterDirectory.existing(directory), say);
    }

    /**
     * Makes a directory that a cluster can have, or finds that it is one.
     *
     * @throws Failure if it holds something else, or cannot be made
     */
    public static void claim(Path directory) throws IOException {
        ClusterDirectory.create(directory);
    }

    /**
     * {@code cluster up}: creates a cluster or starts those of its servers that do not run, and waits until all of them serve.
     *
     * @param directory its {@code --dir}
     * @param out for people
     * @throws Failure if a server does not start; what was started is stopped again
     */
    public static void up(Path directory, ClusterSettings settings, PrintWriter out) throws IOException {
        up(directory, settings, Start.PATIENCE, out);
    }

    /**
     * As {@link #up(Path, ClusterSettings, PrintWriter)}.
     *
     * @param patience how long a server may make no progress
     */
    public static void up(Path directory, ClusterSettings settings, Duration patience, PrintWriter out)
            throws IOException {
        Up.up(directory, settings, patience, out);
    }

    /**
     * {@code cluster down}: stops every process of a cluster, those of topologies too. Says so if there is no cluster.
     *
     * @param directory its {@code --dir}
     * @param deleteData then delete the directory
     * @param out for people
     * @throws Failure if a process is left
     */
    public static void down(Path directory, boolean deleteData, PrintWriter out) throws IOException {
        Down.down(directory, deleteData, out);
    }

    /** The directory that commands take when none is named: below the program's own, so that all of them find it. */
    public static Path usualDirectory() {
        return Path.of(System.getProperty("offerstorm.home", "")).resolve(DefaultFile.OF_CLUSTER.getParent());
    }

    /**
     * A JVM that runs tasks of a topology.
     *
     * @param name {@code worker-} and its port
     * @param pid its process
     * @param topology the topology's name
     */
    public record WorkerProcess(String name, long pid, String topology) {}

    /** Names of the workers that run now (paused ones too), by port. */
    public List<String> workers() {
        return workerProcesses().stream().map(WorkerProcess::name).toList();
    }

    /** The workers that run now (paused ones too), by port. */
    public List<WorkerProcess> workerProcesses() {
        return WorkerProcesses.of(directory).stream()
                .map(worker -> new WorkerProcess(worker.name(), worker.process().pid(), worker.topology()))
                .toList();
    }

    /** Pids of the workers that were killed or stopped through this object. */
    public Set<Long> endedWorkers() {
        synchronized (ended) {
            return Set.copyOf(ended);
        }
    }

    /** Whether the server or worker has a process (perhaps a paused one). */
    public boolean isRunning(String name) throws IOException {
        return name.startsWith(WorkerProcesses.PREFIX)
                ? workers().contains(name)
                : launcher.running(blueprint().server(name)).isPresent();
    }

    /** The server's or worker's process, which runs. */
    public long pid(String name) throws IOException {
        ProcessId process = processes(List.of(name)).get(name);
        if (process == null) {
            throw Failure.usage(name + " does not run");
        }
        return process.pid();
    }

    /** SIGKILL, as a crash would be, and waits for the end. A server or worker that does not run stays so. */
    public void kill(String name) throws IOException {
        kill(List.of(name));
    }

    /** {@link #kill(String)} for all of these at once. */
    public void kill(Collection<String> names) throws IOException {
        try (FileChannel lock = directory.lock()) {
            Map<String, ProcessId> processes = processes(names);
            rememberWorkers(processes);
            processes.values().forEach(ProcessId::kill);
            processes.forEach((name, process) -> {
                if (!process.awaitEnd(Stop.AFTER_KILL)) {
                    throw Failure.unreachable(name + " (pid " + process.pid() + ") survives SIGKILL", null);
                }
                paused.remove(name, process);
                say.accept(name + " (pid " + process.pid() + ") killed");
            });
        }
    }

    /** SIGTERM, SIGKILL for what has not ended after a while. A server that does not run stays so. */
    public void stop(String name) throws IOException {
        try (FileChannel lock = directory.lock()) {
            rememberWorkers(processes(List.of(name)));
            Selection selection = Selection.of(directory, blueprint(), List.of(name));
            Stop stop = new Stop(directory, launcher, say);
            stop.workers(selection.workers());
            stop.stop(selection.servers());
        }
    }

    /** Starts those servers that do not run, in the order of {@code cluster up}, and waits until all of them serve. */
    public void start(String... names) throws IOException {
        start(List.of(names));
    }

    /** {@link #start(String...)} for a list. */
    public void start(Collection<String> names) throws IOException {
        try (FileChannel lock = directory.lock()) {
            Selection selection = Selection.of(directory, blueprint(), List.copyOf(names));
            if (!selection.workers().isEmpty()) {
                throw Failure.usage("workers are started by their Supervisor");
            }
            new Start(
                            directory,
                            launcher,
                            Start.PATIENCE,
                            (server, process) -> say.accept(server.name() + " (pid " + process.pid() + ") serves"),
                            say)
                    .run(selection.servers());
        }
    }

    /** SIGSTOP: it keeps its memory, files and connections, and does nothing. It is remembered by its pid, for {@link #resume}. */
    public void pause(String name) throws IOException {
        ProcessId process = processes(List.of(name)).get(name);
        if (process == null) {
            throw Failure.usage(name + " does not run");
        }
        paused.put(name, process);
        process.signal("STOP");
        say.accept(name + " (pid " + process.pid() + ") paused");
    }

    /** SIGCONT for the process that {@link #pause} of this name stopped; nothing if there is none, or if it has ended. */
    public void resume(String name) {
        ProcessId process = paused.remove(name);
        if (process != null && process.isAlive()) {
            process.signal("CONT");
            say.accept(name + " (pid " + process.pid() + ") resumed");
        }
    }

    /**
     * The Supervisor that started a worker.
     *
     * @param worker {@code worker-PORT}
     */
    public String supervisorOf(String worker) throws IOException {
        PortFile ports = PortFile.read(directory.resolve("ports"));
        for (int number = 1; number <= StormDaemons.SUPERVISORS; number++) {
            for (int slot = 1; slot <= StormDaemons.SLOTS; slot++) {
                if (worker.equals(WorkerProcesses.PREFIX + ports.of(StormDaemons.slot(number, slot)))) {
                    return StormDaemons.supervisor(number);
                }
            }
        }
        throw Failure.usage("no Supervisor has a slot for " + worker);
    }

    /** Names of all servers, in the order in which they start. */
    public List<String> servers() throws IOException {
        return blueprint().servers().stream().map(Server::name).toList();
    }

    private void rememberWorkers(Map<String, ProcessId> processes) {
        synchronized (ended) {
            processes.forEach((name, process) -> {
                if (name.startsWith(WorkerProcesses.PREFIX)) {
                    ended.add(process.pid());
                }
            });
        }
    }

    private Blueprint blueprint() throws IOException {
        return Blueprint.of(directory, 0);
    }

    /** Of those that run. */
    private Map<String, ProcessId> processes(Collection<String> names) throws IOException {
        Map<String, ProcessId> processes = new LinkedHashMap<>();
        Blueprint blueprint = blueprint();
        List<WorkerProcesses.Worker> workers = WorkerProcesses.of(directory);
        for (String name : names) {
            if (name.startsWith(WorkerProcesses.PREFIX)) {
                workers.stream()
                        .filter(worker -> worker.name().equals(name))
                        .forEach(worker -> processes.put(name, worker.process()));
            } else {
                launcher.running(blueprint.server(name)).ifPresent(process -> processes.put(name, process));
            }
        }
        return processes;
    }
}
