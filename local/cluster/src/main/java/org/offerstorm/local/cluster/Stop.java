package org.offerstorm.local.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.terminal.Pause;

/**
 * Stops servers: SIGTERM (SIGINT for PostgreSQL), and SIGKILL for what has not ended after a while. All of the cluster in this order: supervisors (which would
 * start new workers), workers, Nimbus (it hangs once ZooKeeper is gone), what the topology works on, ZooKeeper. Used by one
 * thread.
 */
final class Stop {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    static final Duration AFTER_KILL = Duration.ofSeconds(10);

    private final ClusterDirectory directory;
    private final Launcher launcher;
    private final Consumer<String> progress;

    /** @param progress gets a line for each process that has ended */
    Stop(ClusterDirectory directory, Launcher launcher, Consumer<String> progress) {
        this.directory = directory;
        this.launcher = launcher;
        this.progress = progress;
    }

    /**
     * The whole cluster, and every process that belongs to it.
     *
     * @throws Failure if a process survives even SIGKILL
     */
    void all(List<Server> servers) throws IOException {
        stop(named(servers, StormDaemons.SUPERVISOR));
        workers(WorkerProcesses.of(directory));
        stop(named(servers, StormDaemons.NIMBUS));
        List<Server> rest = servers.stream()
                .filter(server -> !server.name().equals(OtherServers.ZOOKEEPER))
                .toList();
        stop(rest);
        stop(servers);
        strays();
    }

    /** These, side by side. */
    void stop(List<Server> servers) throws IOException {
        Map<String, ProcessId> processes = new LinkedHashMap<>();
        for (Server server : servers) {
            launcher.running(server).ifPresent(process -> processes.put(server.name(), process));
        }
        end(processes);
        for (Server server : servers) {
            launcher.forget(server.name());
        }
    }

    /** These; a supervisor that runs starts others in their place. */
    void workers(List<WorkerProcesses.Worker> workers) {
        Map<String, ProcessId> processes = new LinkedHashMap<>();
        for (WorkerProcesses.Worker worker : workers) {
            processes.put(worker.name() + " of " + worker.topology(), worker.process());
        }
        end(processes);
    }

    /** What no run file names, such as a server that was just starting when its 'cluster up' was killed. */
    private void strays() {
        Map<String, ProcessId> processes = new LinkedHashMap<>();
        for (ProcessId process : WorkerProcesses.ofCluster(directory)) {
            processes.put("process " + process.pid(), process);
        }
        end(processes);
    }

    private void end(Map<String, ProcessId> processes) {
        processes.forEach(Stop::askToEnd);
        Map<String, ProcessId> left = awaitEnd(processes, PATIENCE, "stopped");
        left.values().forEach(ProcessId::kill);
        left = awaitEnd(left, AFTER_KILL, "killed because it did not stop");
        if (!left.isEmpty()) {
            throw Failure.unreachable(
                    String.join(", ", left.keySet()) + " (pid " + pids(left.values()) + ") cannot be ended", null);
        }
    }

    private Map<String, ProcessId> awaitEnd(Map<String, ProcessId> processes, Duration patience, String how) {
        long deadline = System.nanoTime() + patience.toNanos();
        Map<String, ProcessId> left = new LinkedHashMap<>(processes);
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            for (Map.Entry<String, ProcessId> process : new ArrayList<>(left.entrySet())) {
                if (!process.getValue().isAlive()) {
                    progress.accept(String.format(
                            Locale.ROOT,
                            "%-14s pid %7d  %s",
                            process.getKey(),
                            process.getValue().pid(),
                            how));
                    left.remove(process.getKey());
                }
            }
            Pause.of(Duration.ofMillis(20));
        }
        return left;
    }

    private static void askToEnd(String name, ProcessId process) {
        if (!name.equals(OtherServers.POSTGRES)) {
            process.terminate();
        } else if (process.isAlive()) {
            process.signal("INT"); // after SIGTERM it would wait until its clients leave
        }
    }

    private static List<Server> named(List<Server> servers, String prefix) {
        return servers.stream()
                .filter(server -> server.name().startsWith(prefix))
                .toList();
    }

    private static String pids(Collection<ProcessId> processes) {
        return String.join(
                ", ",
                processes.stream().map(process -> Long.toString(process.pid())).toList());
    }
}
