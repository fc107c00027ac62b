package org.offerstorm.local.trials.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.storm.generated.StormTopology;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.figures.Histogram;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.local.cluster.ClusterControl;
import org.offerstorm.local.cluster.ClusterControl.WorkerProcess;
import org.offerstorm.local.cluster.CommandRunner;
import org.offerstorm.spouts.SpoutMetrics;
import org.offerstorm.tools.config.ReferenceTable;
import org.offerstorm.tools.figures.FiguresPages;
import org.offerstorm.tools.figures.FiguresPort;
import org.offerstorm.tools.figures.TaskFigures;
import org.offerstorm.topology.wiring.OffersTopology;

/** The topology, submitted to the cluster as a user would. Its workers report their figures over HTTP. */
final class TopologyContender implements Contender {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int PORT_OFFSET = 10_000;
    private static final int SCRAPES = 51;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Path cluster;
    private final CommandRunner commands;
    private final Stores stores;
    private List<WorkerProcess> workers = List.of();

    TopologyContender(String name, Path cluster, CommandRunner commands, Stores stores) {
        this.name = name;
        this.cluster = cluster;
        this.commands = commands;
        this.stores = stores;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() throws IOException {
        stores.make();
        commands.must(stores.command("submit"));
        workers = ClusterControl.of(cluster, line -> {}).workerProcesses();
        if (workers.isEmpty()) {
            throw Failure.unreachable(
                    "the topology runs, but no worker of the cluster in " + cluster + " is found", null);
        }
    }

    @Override
    public List<Long> pids() {
        return workers.stream().map(WorkerProcess::pid).toList();
    }

    @Override
    public Map<String, Integer> tasks() {
        StormTopology wired = OffersTopology.build(stores.config(), DataSet.of(ReferenceTable.builtIn()));
        Map<String, Integer> tasks = new TreeMap<>();
        wired.get_spouts()
                .forEach((component, spout) ->
                        tasks.put(component, spout.get_common().get_parallelism_hint()));
        wired.get_bolts()
                .forEach((component, bolt) ->
                        tasks.put(component, bolt.get_common().get_parallelism_hint()));
        return tasks;
    }

    @Override
    public Reading read() throws IOException {
        long done = 0;
        long collections = 0;
        Map<String, Long> passed = new TreeMap<>();
        Map<String, Long> components = new TreeMap<>();
        for (WorkerProcess worker : workers) {
            JsonNode figures = figures(worker);
            JsonNode cpu = figures.get("cpu");
            collections += cpu.get("collections").asLong();
            cpu.get("components")
                    .properties()
                    .forEach(each ->
                            components.merge(each.getKey(), each.getValue().asLong(), Long::sum));
            for (JsonNode task : figures.get("tasks")) {
                JsonNode numbers = task.get("numbers");
                done += numbers.path(SpoutMetrics.FLOOR).asLong();
                if (numbers.has(TopologyNames.METRIC_PASSED)) {
                    passed.merge(
                            task.get("component").asText(),
                            numbers.get(TopologyNames.METRIC_PASSED).asLong(),
                            Long::sum);
                }
            }
        }
        return new Reading(done, passed, components, collections);
    }

    /** By component of a sink: how long chunks took until they were durable there, as the workers count it. */
    Map<String, Histogram> latencies() throws IOException {
        Map<String, Histogram> latencies = new TreeMap<>();
        for (WorkerProcess worker : workers) {
            for (JsonNode task : figures(worker).get("tasks")) {
                TaskFigures figures = JSON.treeToValue(task, TaskFigures.class);
                figures.histogram(TopologyNames.METRIC_DURABLE_SECONDS)
                        .ifPresent(each -> latencies.merge(figures.component(), each, Histogram::plus));
            }
        }
        return latencies;
    }

    /** How many milliseconds it takes to read a worker's metrics, in the middle of some readings. */
    double scrapeMillis() throws IOException {
        double[] millis = new double[SCRAPES];
        for (int i = 0; i < SCRAPES; i++) {
            long begin = System.nanoTime();
            get(workers.get(0), FiguresPages.METRICS);
            millis[i] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(millis);
        return millis[SCRAPES / 2];
    }

    @Override
    public void close() throws IOException {
        commands.must(stores.command("kill"));
        stores.drop();
    }

    private static JsonNode figures(WorkerProcess worker) throws IOException {
        return JSON.readTree(get(worker, FiguresPages.FIGURES));
    }

    private static byte[] get(WorkerProcess worker, String path) throws IOException {
        int slot = Integer.parseInt(worker.name().replaceAll("[^0-9]", ""));
        int port = FiguresPort.of(slot, PORT_OFFSET);
        HttpURLConnection request = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        request.setConnectTimeout(TIMEOUT_MILLIS);
        request.setReadTimeout(TIMEOUT_MILLIS);
        try (var in = request.getInputStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw Failure.unreachable(
                    worker.name() + " (pid " + worker.pid() + ") does not report its figures (" + e.getMessage()
                            + "): it hangs, or it ended, and its successor would not be measured",
                    e);
        }
    }
}
