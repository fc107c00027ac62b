package org.offerstorm.local.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.offerstorm.local.servers.Proc;

/** Processes of this cluster that no run file names: Storm's workers, and what a killed command left. */
final class WorkerProcesses {
    /** Of their names; the port follows. */
    static final String PREFIX = "worker-";

    private static final String MAIN = "org.apache.storm.daemon.worker.Worker";
    private static final String LOG_WRITER = "org.apache.storm.LogWriter";
    /** After the main class: topology's id, supervisor's id, supervisor's port, own port, worker's id. */
    private static final int ARGUMENTS = 5;

    private WorkerProcesses() {}

    /**
     * A JVM that runs tasks of a topology.
     *
     * @param process its process
     * @param port on which other workers reach it
     * @param topologyId name, number and time of the submission
     */
    record Worker(ProcessId process, int port, String topologyId) {
        String name() {
            return PREFIX + port;
        }

        /** {@code offers} of {@code offers-3-1700000000}. */
        String topology() {
            return topologyId.replaceFirst("-[0-9]+-[0-9]+$", "");
        }
    }

    /** The workers that run now, by port. */
    static List<Worker> of(ClusterDirectory directory) {
        List<Worker> found = new ArrayList<>();
        for (ProcessId process : ofCluster(directory)) {
            List<String> words = Proc.commandLine(process.pid());
            worker(process, words).ifPresent(found::add);
        }
        Set<Long> pids = found.stream().map(worker -> worker.process().pid()).collect(Collectors.toSet());
        found.removeIf(worker -> isPassing(worker.process(), pids));
        found.sort(Comparator.comparingInt(Worker::port));
        return found;
    }

    /**
     * Whether it is no worker but what a worker, or a library in it, is about to start: until the system has loaded another
     * program into it, a new process has its parent's command line. Or it has ended by now.
     */
    private static boolean isPassing(ProcessId process, Set<Long> workers) {
        boolean child = ProcessHandle.of(process.pid())
                .flatMap(ProcessHandle::parent)
                .filter(parent -> workers.contains(parent.pid()))
                .isPresent();
        return child || !process.isAlive();
    }

    /**
     * Every process that belongs to the cluster by its command line (server, worker or log writer), and a Redis that works in
     * its directory.
     */
    static List<ProcessId> ofCluster(ClusterDirectory directory) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> belongs(directory, pid))
                .flatMap(pid -> ProcessId.of(pid).stream())
                // It may have ended, and the pid been given to another, since.
                .filter(process -> belongs(directory, process.pid()))
                .toList();
    }

    private static boolean belongs(ClusterDirectory directory, long pid) {
        List<String> words = Proc.commandLine(pid);
        if (words.isEmpty() || pid == ProcessHandle.current().pid()) {
            return false;
        }
        if (words.contains(Jvm.MARK + directory.root())) {
            return true;
        }
        Path home = directory.resolve("storm");
        if (words.contains("-Dstorm.home=" + home) && (words.contains(MAIN) || words.contains(LOG_WRITER))) {
            return true;
        }
        // Redis changes its command line, to "redis-server 127.0.0.1:port" in one word.
        return words.get(0).contains("redis-server")
                && Proc.workingDirectory(pid)
                        .filter(directory.resolve(OtherServers.REDIS)::equals)
                        .isPresent();
    }

    private static Optional<Worker> worker(ProcessId process, List<String> words) {
        int main = words.lastIndexOf(MAIN);
        if (main < 0 || words.contains(LOG_WRITER) || words.size() <= main + ARGUMENTS) {
            return Optional.empty();
        }
        String port = words.get(main + 4);
        return port.matches("[0-9]{1,5}")
                ? Optional.of(new Worker(process, Integer.parseInt(port), words.get(main + 1)))
                : Optional.empty();
    }
}
