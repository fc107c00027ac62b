package org.offerstorm.dashboard.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.solr.Solr;
import org.offerstorm.spouts.SpoutMetrics;

/** Serves the figures of a worker that does what a test says. */
public final class FakeWorker implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Double> BOUNDS = List.of(0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0);

    private final HttpServer server;
    private final long startedAt = System.currentTimeMillis();
    private final Map<String, Map<String, Object>> tasks = new LinkedHashMap<>();

    public FakeWorker() throws IOException {
        this(0);
    }

    /** On this port, 0 for any free one. */
    public FakeWorker(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/figures", exchange -> {
            byte[] body = body();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        number(TopologyNames.OFFER_SPOUT, SpoutMetrics.RECORDS, 0);
        number(TopologyNames.OFFER_SPOUT, SpoutMetrics.LAG, 0);
        number(TopologyNames.OFFER_SPOUT, SpoutMetrics.IN_FLIGHT, 2);
        number(TopologyNames.PARSE, TopologyNames.METRIC_REJECTED, 0);
        for (String sink : List.of(Hdfs.KIND.component(), Solr.KIND.component(), Redis.KIND.component())) {
            number(sink, TopologyNames.METRIC_WRITTEN, 0);
            number(sink, TopologyNames.METRIC_STALE, 0);
            number(sink, TopologyNames.METRIC_REJECTED, 0);
            number(sink, TopologyNames.METRIC_HELD, 0);
        }
    }

    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public synchronized FakeWorker number(String component, String metric, long value) {
        map(component, "numbers").put(metric, value);
        return this;
    }

    /** Sets the words of a gauge; null for none. */
    public synchronized FakeWorker text(String component, String metric, String value) {
        if (value == null) {
            map(component, "texts").remove(metric);
        } else {
            map(component, "texts").put(metric, value);
        }
        return this;
    }

    /** So many offers more, everywhere, each durable within the bounds' third one, the hundredth within the sixth. */
    public synchronized FakeWorker passes(int offers) {
        add(TopologyNames.OFFER_SPOUT, SpoutMetrics.RECORDS, offers);
        for (String sink : List.of(Hdfs.KIND.component(), Solr.KIND.component(), Redis.KIND.component())) {
            add(sink, TopologyNames.METRIC_WRITTEN, offers);
            long all = (Long) map(sink, "numbers").get(TopologyNames.METRIC_WRITTEN);
            List<Long> counts = new ArrayList<>(List.of(0L, 0L, all - all / 50, 0L, 0L, all / 50, 0L, 0L, 0L));
            map(sink, "histograms")
                    .put(
                            TopologyNames.METRIC_DURABLE_SECONDS,
                            Map.of("upTo", BOUNDS, "counts", counts, "sum", all * 0.1));
        }
        return this;
    }

    private void add(String component, String metric, long more) {
        map(component, "numbers").merge(metric, more, (one, other) -> (Long) one + (Long) other);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> map(String component, String kind) {
        return (Map<String, Object>)
                tasks.computeIfAbsent(component, any -> new TreeMap<>()).computeIfAbsent(kind, any -> new TreeMap<>());
    }

    private synchronized byte[] body() throws IOException {
        List<Map<String, Object>> all = new ArrayList<>();
        tasks.forEach((component, figures) -> {
            Map<String, Object> task = new LinkedHashMap<>();
            task.put("component", component);
            task.put("task", all.size() + 1);
            task.put("numbers", Map.of());
            task.put("texts", Map.of());
            task.putAll(figures);
            all.add(task);
        });
        return JSON.writeValueAsBytes(Map.of(
                "topology",
                "offers-1-1770000000",
                "port",
                6700,
                "pid",
                4711,
                "startedAt",
                startedAt,
                "at",
                System.currentTimeMillis(),
                "heapUsed",
                1,
                "heapMax",
                2,
                "tasks",
                all));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
