package org.offerstorm.topology.metrics;

import com.codahale.metrics.MetricRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.apache.storm.Config;
import org.apache.storm.metrics2.reporters.StormReporter;
import org.offerstorm.tools.figures.FiguresPages;
import org.offerstorm.tools.figures.FiguresPort;
import org.offerstorm.tools.figures.FiguresServer;
import org.offerstorm.tools.figures.TaskFigures;
import org.offerstorm.tools.figures.WorkerCpu;
import org.offerstorm.tools.figures.WorkerFigures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a worker's figures as JSON over HTTP, for {@code status}, {@code submit} and {@code kill --drain}: Nimbus itself
 * has counts of tuples alone, a minute old. Storm makes it in each worker ({@code topology.metrics.reporters}) before the
 * first task opens. It listens on the worker's own host name, at {@link FiguresPort}. In a LocalCluster, whose workers are no
 * processes, {@link LocalFigures} serves them.
 */
public final class FiguresReporter implements StormReporter {
    /** Of the reporter's configuration: what is added to the worker's slot port. */
    public static final String PORT_OFFSET = "offerstorm.port-offset";

    private static final Logger LOG = LoggerFactory.getLogger(FiguresReporter.class);
    /** Set by the supervisor for every worker; LocalCluster has no processes, and no such property. */
    private static final String WORKER_PORT = "worker.port";

    private MetricRegistry registry;
    private Map<String, Object> conf;
    private int slotPort;
    private int port;
    private FiguresServer server;

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
        if (slotPort == 0) {
            LocalFigures.add(this);
            return;
        }
        if (port == 0) {
            return;
        }
        String host = (String) conf.get(Config.STORM_LOCAL_HOSTNAME);
        try {
            InetAddress address = host == null ? InetAddress.getLocalHost() : InetAddress.getByName(host);
            server = FiguresServer.ofWorker(
                    host, new InetSocketAddress(address, port), this::figures, this::figuresWithoutCpu);
            LOG.info("Figures at http:/{}{}", server.address(), FiguresPages.FIGURES);
        } catch (IOException | IllegalArgumentException e) {
            // The stream does not need them.
            LOG.warn("No figures at port {}: status will not see what this worker does", port, e);
        }
    }

    @Override
    public void stop() {
        LocalFigures.remove(this);
        if (server != null) {
            server.close();
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Of this worker, now. Any thread. */
    WorkerFigures figures() {
        return figures(WorkerCpu.now());
    }

    /** The same but for the CPU time. */
    WorkerFigures figuresWithoutCpu() {
        return figures(WorkerCpu.unknown());
    }

    private WorkerFigures figures(WorkerCpu cpu) {
        return figures((String) conf.get(Config.STORM_ID), slotPort, cpu, RegistryTasks.of(registry));
    }

    /** Of this process, with these tasks. */
    static WorkerFigures figures(String topology, int slotPort, WorkerCpu cpu, List<TaskFigures> tasks) {
        Runtime runtime = Runtime.getRuntime();
        return new WorkerFigures(
                topology,
                slotPort,
                ProcessHandle.current().pid(),
                ManagementFactory.getRuntimeMXBean().getStartTime(),
                System.currentTimeMillis(),
                runtime.totalMemory() - runtime.freeMemory(),
                runtime.maxMemory(),
                cpu,
                tasks);
    }
}
