package org.offerstorm.topology.operate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.storm.generated.ExecutorSummary;
import org.apache.storm.generated.TopologyInfo;
import org.offerstorm.tools.figures.FiguresClient;
import org.offerstorm.tools.figures.FiguresPort;
import org.offerstorm.tools.figures.WorkerFigures;

/** Asks the workers of a topology for their figures, all at once. Used by one thread. */
final class Workers {
    private final FiguresClient client = new FiguresClient();
    private final int portOffset;

    /** Where a worker runs. */
    record Slot(String host, int port) implements Comparable<Slot> {
        @Override
        public int compareTo(Slot other) {
            int byHost = host.compareTo(other.host);
            return byHost == 0 ? Integer.compare(port, other.port) : byHost;
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /**
     * A worker as Nimbus knows it, with what it says itself.
     *
     * @param executors that report to Nimbus from there
     * @param uptimeSeconds of the executor that is up longest
     * @param figures nothing if it does not answer
     * @param silence why there are no figures; empty if there are
     */
    record Worker(Slot slot, int executors, int uptimeSeconds, Optional<WorkerFigures> figures, String silence) {}

    /** @param portOffset {@code topology.metrics-port-offset} of the running topology */
    Workers(int portOffset) {
        this.portOffset = portOffset;
    }

    /** The workers that have executors of the topology, in the order of their addresses. */
    List<Worker> ask(TopologyInfo topology) {
        Map<Slot, List<ExecutorSummary>> slots = new TreeMap<>();
        for (ExecutorSummary executor : topology.get_executors()) {
            slots.computeIfAbsent(new Slot(executor.get_host(), executor.get_port()), any -> new ArrayList<>())
                    .add(executor);
        }
        List<CompletableFuture<Worker>> answers = new ArrayList<>();
        slots.forEach((slot, executors) -> {
            int uptime = executors.stream()
                    .mapToInt(ExecutorSummary::get_uptime_secs)
                    .max()
                    .orElse(0);
            answers.add(figures(slot, topology.get_id())
                    .thenApply(figures -> new Worker(slot, executors.size(), uptime, Optional.of(figures), ""))
                    .exceptionally(failure ->
                            new Worker(slot, executors.size(), uptime, Optional.empty(), reason(slot, failure))));
        });
        return answers.stream().map(CompletableFuture::join).toList();
    }

    /** Whether the worker still answers for this topology. */
    boolean lives(Slot slot, String topologyId) {
        return figures(slot, topologyId)
                .handle((figures, failure) -> failure == null)
                .join();
    }

    private CompletableFuture<WorkerFigures> figures(Slot slot, String topologyId) {
        if (portOffset == 0) {
            return CompletableFuture.failedFuture(new IOException("it serves none, topology.metrics-port-offset is 0"));
        }
        return client.figures(address(slot)).thenApply(figures -> {
            if (!topologyId.equals(figures.topology()) || figures.port() != slot.port()) {
                throw new IllegalStateException("another worker answers there");
            }
            return figures;
        });
    }

    private String address(Slot slot) {
        String host = slot.host().contains(":") ? "[" + slot.host() + "]" : slot.host();
        return host + ":" + FiguresPort.of(slot.port(), portOffset);
    }

    private String reason(Slot slot, Throwable failure) {
        String why = FiguresClient.reason(failure);
        return portOffset == 0 ? why : FiguresClient.url(address(slot)) + ": " + why;
    }
}
