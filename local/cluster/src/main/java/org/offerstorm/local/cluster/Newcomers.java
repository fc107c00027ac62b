package org.offerstorm.local.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The processes of a cluster that were not there at some time: the servers that a command started since, and the workers and log
 * writers that those servers started, which no run file names. Used by one thread at a time.
 */
final class Newcomers {
    private static final Duration TO_END = Duration.ofSeconds(5);
    /** A process that is just being forked shows only when its parent has ended. */
    private static final int ROUNDS = 3;

    private final ClusterDirectory directory;
    private final Set<ProcessId> before;

    private Newcomers(ClusterDirectory directory, Set<ProcessId> before) {
        this.directory = directory;
        this.before = before;
    }

    /** Those that come from now on. */
    static Newcomers from(ClusterDirectory directory) {
        return new Newcomers(directory, Set.copyOf(WorkerProcesses.ofCluster(directory)));
    }

    /**
     * Ends them, SIGKILL for those that do not end within 5 s.
     *
     * @param supervisors among them, which would start a new worker for each that ends, so they go first
     * @param servers the others among them that were started on purpose
     */
    void end(Collection<ProcessId> supervisors, Collection<ProcessId> servers) {
        end(supervisors);
        Set<ProcessId> rest = new HashSet<>(servers);
        rest.addAll(now());
        end(rest);
        for (int round = 1; round < ROUNDS; round++) {
            end(now());
        }
    }

    private List<ProcessId> now() {
        return WorkerProcesses.ofCluster(directory).stream()
                .filter(process -> !before.contains(process))
                .toList();
    }

    private static void end(Collection<ProcessId> processes) {
        processes.forEach(ProcessId::terminate);
        long deadline = System.nanoTime() + TO_END.toNanos();
        for (ProcessId process : processes) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            if (!process.awaitEnd(left)) {
                process.kill();
                process.awaitEnd(TO_END);
            }
        }
    }
}
