package org.offerstorm.local.trials.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.offerstorm.local.cluster.ClusterControl;
import org.offerstorm.local.cluster.ClusterSettings;
import org.offerstorm.local.cluster.CommandRunner;
import org.offerstorm.local.cluster.ServerOptions;
import org.offerstorm.local.servers.Proc;

/** The servers of a benchmark: a new cluster, with JVMs as large as on real servers. Used by one thread. */
final class BenchCluster implements AutoCloseable {
    /** What a server gets in addition to what it needs on a laptop: C2, and heap for a loaded index. */
    private static final Map<String, String> JVMS = Map.of(
            "solr", "-Xmx2g -XX:+UseG1GC",
            "kafka-1", "-Xmx768m -XX:+UseG1GC",
            "namenode", "-Xmx256m -XX:+UseSerialGC",
            "datanode", "-Xmx256m -XX:+UseSerialGC");

    /** Columns of the tables, and the servers that each sums up. */
    private static final Map<String, List<String>> GROUPS = groups();

    private static final String POSTGRES = "postgres";

    private final Path directory;
    private final CommandRunner commands;
    private final PrintWriter out;
    private final Map<String, List<Long>> pids = new LinkedHashMap<>();
    private boolean forgotten;

    private BenchCluster(Path directory, CommandRunner commands, PrintWriter out) {
        this.directory = directory;
        this.commands = commands;
        this.out = out;
    }

    /**
     * Creates the cluster from scratch and waits until all of it serves.
     *
     * @param sinks as the command takes them; PostgreSQL runs if it is one of them
     */
    static BenchCluster up(Path directory, String sinks, CommandRunner commands, PrintWriter out) throws IOException {
        commands.must(List.of("cluster", "down", "--delete-data", "--dir", directory.toString()));
        for (Map.Entry<String, String> jvm : JVMS.entrySet()) {
            ServerOptions.write(directory, jvm.getKey(), jvm.getValue());
        }
        boolean postgres = List.of(sinks.split(",", -1)).contains(POSTGRES);
        ClusterControl.up(directory, new ClusterSettings(0, false, postgres, false, false), out);
        BenchCluster cluster = new BenchCluster(directory, commands, out);
        ClusterControl control = ClusterControl.of(directory, line -> {});
        for (Map.Entry<String, List<String>> group : GROUPS.entrySet()) {
            List<Long> processes = new ArrayList<>();
            for (String server : group.getValue()) {
                processes.add(control.pid(server));
            }
            cluster.pids.put(group.getKey(), processes);
        }
        if (postgres) {
            cluster.pids.put(POSTGRES, List.of(control.pid(POSTGRES)));
        }
        return cluster;
    }

    Path directory() {
        return directory;
    }

    /** The configuration that leads to it. */
    Path configuration() {
        return directory.resolve("offerstorm.yaml");
    }

    /** CPU seconds of the servers so far, by group. */
    Map<String, Double> cpuSeconds() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        pids.forEach((group, processes) -> seconds.put(
                group,
                processes.stream()
                        .flatMap(group.equals(POSTGRES) ? BenchCluster::withChildren : Stream::of)
                        .mapToDouble(pid -> Proc.cpuSeconds(pid).orElse(0))
                        .sum()));
        return seconds;
    }

    /** PostgreSQL has a process for each connection. */
    private static Stream<Long> withChildren(long pid) {
        return Stream.concat(
                Stream.of(pid),
                ProcessHandle.of(pid).stream()
                        .flatMap(ProcessHandle::descendants)
                        .map(ProcessHandle::pid));
    }

    /** Nothing of it is needed any longer: its directory goes with it. */
    void forget() {
        forgotten = true;
    }

    /** Ends its processes; what failed can still be read in its logs then. */
    @Override
    public void close() {
        List<String> down = new ArrayList<>(List.of("cluster", "down", "--dir", directory.toString()));
        if (forgotten) {
            down.add("--delete-data");
        }
        commands.must(down);
        if (!forgotten) {
            out.println("Kept with its logs until the next benchmark: " + directory
                    + " ('cluster down --delete-data --dir' with it deletes it)");
            out.flush();
        }
    }

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("kafka", List.of("kafka-1"));
        groups.put("solr", List.of("solr"));
        groups.put("hdfs", List.of("namenode", "datanode"));
        groups.put("redis", List.of("redis"));
        groups.put("storm", List.of("zookeeper", "nimbus", "supervisor-1", "supervisor-2"));
        return groups;
    }
}
