package org.offerstorm.local.trials.chaos.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.offerstorm.tools.figures.FiguresPages;
import org.offerstorm.tools.figures.FiguresPort;

/**
 * What a worker reports about its work.
 *
 * @param pid its process
 * @param sums {@code component/metric} to the sum over its tasks
 */
public record WorkerCounters(long pid, Map<String, Long> sums) {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    /** Zero if it has no such metric. */
    public long sum(String component, String metric) {
        return sums.getOrDefault(component + "/" + metric, 0L);
    }

    /**
     * Asks a worker of this machine.
     *
     * @param worker {@code worker-6700}
     * @param portOffset {@code topology.metrics-port-offset}
     * @throws IOException if it does not answer within a second
     */
    public static WorkerCounters ask(String worker, int portOffset) throws IOException, InterruptedException {
        int slot = Integer.parseInt(worker.substring(worker.lastIndexOf('-') + 1));
        URI address = URI.create("http://127.0.0.1:" + FiguresPort.of(slot, portOffset) + FiguresPages.FIGURES);
        byte[] body = HTTP.send(
                        HttpRequest.newBuilder(address).timeout(TIMEOUT).build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body();
        JsonNode figures = new ObjectMapper().readTree(body);
        Map<String, Long> sums = new HashMap<>();
        for (JsonNode task : figures.path("tasks")) {
            String component = task.path("component").asText();
            for (Map.Entry<String, JsonNode> number : task.path("numbers").properties()) {
                sums.merge(component + "/" + number.getKey(), number.getValue().asLong(), Long::sum);
            }
        }
        return new WorkerCounters(figures.path("pid").asLong(), sums);
    }
}
