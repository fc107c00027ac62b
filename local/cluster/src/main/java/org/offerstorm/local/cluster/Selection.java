package org.offerstorm.local.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.offerstorm.core.check.Failure;

/**
 * What the names of a command line mean.
 *
 * @param servers of the blueprint, in its order
 * @param workers that run now
 */
record Selection(List<Server> servers, List<WorkerProcesses.Worker> workers) {
    /**
     * @param names of servers, {@code worker-PORT}, or {@code worker} if there is but one
     * @throws Failure if one means nothing, or too much
     */
    static Selection of(ClusterDirectory directory, Blueprint blueprint, List<String> names) throws IOException {
        List<Server> servers = new ArrayList<>();
        List<WorkerProcesses.Worker> workers = new ArrayList<>();
        for (String name : names) {
            if (name.equals("worker") || name.startsWith(WorkerProcesses.PREFIX)) {
                workers.add(worker(directory, name));
            } else {
                servers.add(blueprint.server(
                        name,
                        WorkerProcesses.of(directory).stream()
                                .map(WorkerProcesses.Worker::name)
                                .toList()));
            }
        }
        return new Selection(
                blueprint.servers().stream().filter(servers::contains).toList(), List.copyOf(workers));
    }

    private static WorkerProcesses.Worker worker(ClusterDirectory directory, String name) {
        List<WorkerProcesses.Worker> all = WorkerProcesses.of(directory);
        List<WorkerProcesses.Worker> fitting = all.stream()
                .filter(worker -> name.equals("worker") || worker.name().equals(name))
                .toList();
        if (fitting.size() != 1) {
            throw Failure.usage(
                    all.isEmpty()
                            ? "no worker runs; submit a topology first"
                            : "choose one of the workers that run: "
                                    + String.join(
                                            ", ",
                                            all.stream()
                                                    .map(WorkerProcesses.Worker::name)
                                                    .toList()));
        }
        return fitting.get(0);
    }
}
