package org.offerstorm.local.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names what of a cluster can be reached from other machines. */
final class OpenPorts {
    private OpenPorts() {}

    /** Some lines for people, without a line feed at the end; empty if nothing runs. */
    static String describe(Blueprint blueprint, Launcher launcher, ClusterDirectory directory) throws IOException {
        List<String> open = new ArrayList<>();
        boolean runs = false;
        for (Server server : blueprint.servers()) {
            Optional<ProcessId> process = launcher.running(server);
            if (process.isPresent()) {
                runs = true;
                open.addAll(ofProcess(server.name(), process.get()));
            }
        }
        for (WorkerProcesses.Worker worker : WorkerProcesses.of(directory)) {
            runs = true;
            open.addAll(ofProcess(worker.name(), worker.process()));
        }
        if (!runs) {
            return "";
        }
        return open.isEmpty()
                ? "Everything listens on 127.0.0.1 alone."
                : "Reachable from other machines, for Storm binds all interfaces: " + String.join(", ", open)
                        + ".\nClose these ports with a firewall where others share the network (docs/cluster.md).";
    }

    private static List<String> ofProcess(String name, ProcessId process) {
        return Listeners.of(process.pid()).stream()
                .filter(listener -> !listener.loopback())
                .map(listener -> name + " " + listener.port())
                .toList();
    }
}
