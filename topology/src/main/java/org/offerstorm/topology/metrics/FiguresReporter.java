package org.offerstorm.topology.metrics;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.Map;
import org.apache.storm.Config;
import org.apache.storm.metrics2.reporters.StormReporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a worker's figures as JSON over HTTP, for {@code status}, {@code submit} and {@code kill --drain}: Nimbus itself
 * has counts of tuples alone, a minute old. Storm makes it in each worker ({@code topology.metrics.reporters}) before the
 * first task opens. It listens on the worker's own host name, at {@link FiguresPort}.
 */
public final class FiguresReporter implements StormReporter {
    /** Of the address at which a worker answers. */
    public static final String PATH = "/figures";
    /** Of the reporter's configuration: what is added to the worker's slot port. */
    public static final String PORT_OFFSET = "offerstorm.port-offset";

    private static final Logger LOG = LoggerFactory.getLogger(FiguresReporter.class);
    /** Set by the supervisor for every worker; LocalCluster has no processes, and no such property. */
    private static final String WORKER_PORT = "worker.port";

    private final ObjectMapper json = new ObjectMapper();
    private MetricRegistry registry;
    private Map<String, Object> conf;
    private int slotPort;
    private int port;
    private HttpServer server;

    /** The entry of {@code topology.metrics.reporters}. */
    public static Map<String, Object> conf(int portOffset) {
        return Map.of("class", FiguresReporter.class.getName(), PORT_OFFSET, portOffset);
    }

    /** What Storm gives; the one that has the registry alone is all that is needed. */
    @Override
    @SuppressWarnings({"deprecation", "InlineMeSuggester"}) // the interface has no other abstract one
    public void prepare(MetricRegistry metrics, Map<String, Object> topoConf, Map<String, Object> reporterConf) {
        registry = metrics;
        conf = topoConf;
        slotPort = Integer.getInteger(WORKER_PORT, 0);
        port = FiguresPort.of(slotPort, ((Number) reporterConf.getOrDefault(PORT_OFFSET, 0)).intValue());
    }

    @Override
    public void start() {
        if (slotPort == 0 || port == 0) {
            return;
        }
        String host = (String) conf.get(Config.STORM_LOCAL_HOSTNAME);
        // The JDK's server sends head and body apart, and TCP would hold the second back until the first is confirmed:
        // 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            server = HttpServer.create(
                    host == null
                            ? new InetSocketAddress(java.net.InetAddress.getLocalHost(), port)
                            : new InetSocketAddress(host, port),
                    0);
            server.createContext(PATH, this::answer);
            server.start(); // one thread for all answers
            LOG.info("Figures at http:/{}{}", server.getAddress(), PATH);
        } catch (IOException | IllegalArgumentException e) {
            // The stream does not need them.
            LOG.warn("No figures at port {}: status will not see what this worker does", port, e);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = json.writeValueAsBytes(figures());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (RuntimeException e) {
            LOG.warn("Cannot report the figures", e);
        }
    }

    private WorkerFigures figures() {
        Runtime runtime = Runtime.getRuntime();
        return new WorkerFigures(
                (String) conf.get(Config.STORM_ID),
                slotPort,
                ProcessHandle.current().pid(),
                ManagementFactory.getRuntimeMXBean().getStartTime(),
                System.currentTimeMillis(),
                runtime.totalMemory() - runtime.freeMemory(),
                runtime.maxMemory(),
                WorkerCpu.now(),
                TaskFigures.of(registry));
    }
}
