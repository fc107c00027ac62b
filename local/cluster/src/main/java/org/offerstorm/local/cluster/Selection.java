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
record Selection(List<Server> servers, List<Workers.Worker> workers) {
    /**
     * @param names of servers, {@code worker-PORT}, or {@code worker} if there is but one
     * @throws Failure if one means nothing, or too much
     */
    static Selection of(ClusterDirectory directory, Blueprint blueprint, List<String> names) throws IOException {
        List<Server> servers = new ArrayList<>();
        List<Workers.Worker> workers = new ArrayList<>();
        for (String name : names) {
            if (name.equals("worker") || name.startsWith(Workers.PREFIX)) {
                workers.add(worker(directory, name));
            } else {
                servers.add(blueprint.server(
                        name,
                        Workers.of(directory).stream().map(Workers.Worker::name).toList()));
            }
        }
        return new Selection(
                blueprint.servers().stream().filter(servers::contains).toList(), List.copyOf(workers));
    }

    private static Workers.Worker worker(ClusterDirectory directory, String name) {
        List<Workers.Worker> all = Workers.of(directory);
        List<Workers.Worker> fitting = all.stream()
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
                                                    .map(Workers.Worker::name)
                                                    .toList()));
        }
        return fitting.get(0);
    }
}
