package org.offerstorm.topology.operate;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.storm.generated.ExecutorSummary;
import org.apache.storm.generated.TopologyInfo;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.topology.metrics.FiguresPort;
import org.offerstorm.topology.metrics.FiguresReporter;
import org.offerstorm.topology.metrics.WorkerFigures;

/** Asks the workers of a topology for their figures, all at once. Used by one thread. */
final class Workers {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private final ObjectMapper json = new ObjectMapper();
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
        HttpRequest request = HttpRequest.newBuilder(url(slot)).timeout(TIMEOUT).build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()).thenApply(response -> {
            if (response.statusCode() != OK) {
                throw new IllegalStateException("status " + response.statusCode() + ", "
                        + PlainText.excerpt(new String(response.body(), StandardCharsets.UTF_8).strip()));
            }
            try {
                WorkerFigures figures = json.readValue(response.body(), WorkerFigures.class);
                if (!topologyId.equals(figures.topology()) || figures.port() != slot.port()) {
                    throw new IllegalStateException("another worker answers there");
                }
                return figures;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private URI url(Slot slot) {
        String host = slot.host().contains(":") ? "[" + slot.host() + "]" : slot.host();
        return URI.create("http://" + host + ":" + FiguresPort.of(slot.port(), portOffset) + FiguresReporter.PATH);
    }

    private String reason(Slot slot, Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (portOffset == 0) {
            return cause.getMessage();
        }
        String what =
                cause instanceof java.net.ConnectException || cause instanceof java.nio.channels.ClosedChannelException
                        ? "no connection"
                        : cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return url(slot) + ": " + what;
    }
}
