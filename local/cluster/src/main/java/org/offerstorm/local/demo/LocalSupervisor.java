package org.offerstorm.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.storm.Config;
import org.apache.storm.DaemonConfig;
import org.apache.storm.LocalCluster;
import org.apache.storm.daemon.supervisor.ReadClusterState;
import org.apache.storm.daemon.supervisor.StandaloneSupervisor;
import org.apache.storm.daemon.supervisor.Supervisor;
import org.apache.storm.messaging.local.Context;
import org.apache.storm.metric.StormMetricsRegistry;
import org.offerstorm.local.servers.FileTree;

/**
 * The Supervisor of a {@link LocalCluster}. The cluster's own way to add one starts its timers first and tells it where
 * Nimbus is after that: on a busy machine a timer comes in between, finds no Nimbus, and ends the process. Used by one
 * thread.
 */
final class LocalSupervisor implements AutoCloseable {
    private static final int SLOT = 1024;

    private final Supervisor supervisor;
    private final Path directory;

    private LocalSupervisor(Supervisor supervisor, Path directory) {
        this.supervisor = supervisor;
        this.directory = directory;
    }

    /** Starts it, with one slot, and its files in {@code java.io.tmpdir}. */
    static LocalSupervisor start(LocalCluster cluster) throws Exception {
        Path directory = Files.createTempDirectory("storm-supervisor-");
        Map<String, Object> conf = new HashMap<>(cluster.getDaemonConf());
        conf.put(Config.STORM_LOCAL_DIR, directory.toString());
        conf.put(DaemonConfig.SUPERVISOR_SLOTS_PORTS, List.of(SLOT));
        // As LocalCluster has it: a worker starts and ends soon after Nimbus says so.
        conf.put(DaemonConfig.SUPERVISOR_MONITOR_FREQUENCY_SECS, 1);
        Context context = new Context();
        context.prepare(conf);
        Supervisor supervisor = new Supervisor(conf, context, new StandaloneSupervisor(), new StormMetricsRegistry());
        supervisor.setLocalNimbus(cluster.getNimbus());
        supervisor.launch();
        cluster.getNimbus().addSupervisor(supervisor);
        return new LocalSupervisor(supervisor, directory);
    }

    /** Ends its workers, then itself. */
    @Override
    public void close() throws IOException {
        supervisor.shutdownAllWorkers(null, ReadClusterState.THREAD_DUMP_ON_ERROR);
        supervisor.close();
        FileTree.delete(directory);
    }
}
