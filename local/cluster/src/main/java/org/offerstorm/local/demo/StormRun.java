package org.offerstorm.local.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.storm.Config;
import org.apache.storm.LocalCluster;
import org.apache.storm.generated.KillOptions;
import org.apache.storm.generated.StormTopology;
import org.apache.storm.generated.TopologySummary;
import org.apache.storm.thrift.TException;
import org.offerstorm.core.text.Messages;
import org.offerstorm.local.servers.EmbeddedZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Storm cluster in this JVM: Nimbus, a supervisor and a worker, with its own ZooKeeper on 127.0.0.1, which has the
 * only port. Its temporary files are in {@code java.io.tmpdir}. It runs one topology. Used by one thread.
 */
final class StormRun implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StormRun.class);
    static final String STORM = "storm";
    static final String ZOOKEEPER = "zookeeper";

    private static final String NO_LEADER = "failed to gain leadership";

    private static final Duration POLL = Duration.ofMillis(50);
    /** Nimbus gets five seconds each time to become the leader, and the rest of Storm some more; on a busy machine it takes longer. */
    private static final int ATTEMPTS = 5;

    private final EmbeddedZooKeeper zooKeeper;
    private final LocalCluster cluster;
    private final LocalSupervisor supervisor;
    private String name;

    private StormRun(EmbeddedZooKeeper zooKeeper, LocalCluster cluster, LocalSupervisor supervisor) {
        this.zooKeeper = zooKeeper;
        this.cluster = cluster;
        this.supervisor = supervisor;
    }

    /**
     * Starts a cluster without any topology.
     *
     * @param directory for ZooKeeper's data; emptied first, because the code of an earlier cluster's topologies is gone
     * @throws IOException if ZooKeeper does not start
     * @throws IllegalStateException if Storm does not start
     */
    static StormRun start(DataDirectory directory, Ports ports) throws IOException {
        directory.clear(ZOOKEEPER);
        EmbeddedZooKeeper zooKeeper = EmbeddedZooKeeper.start(directory.resolve(ZOOKEEPER), ports.of(ZOOKEEPER));
        try {
            ports.remember(ZOOKEEPER, zooKeeper.port());
            LocalCluster cluster = startCluster(zooKeeper.port());
            try {
                return new StormRun(zooKeeper, cluster, LocalSupervisor.start(cluster));
            } catch (Exception e) {
                cluster.close();
                throw e;
            }
        } catch (Exception e) {
            zooKeeper.close();
            throw new IllegalStateException("Storm does not start: " + Messages.of(e), e);
        }
    }

    private static LocalCluster startCluster(int zooKeeperPort) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return new LocalCluster.Builder()
                        // See LocalSupervisor.
                        .withSupervisors(0)
                        .withDaemonConf(Map.of(
                                Config.STORM_ZOOKEEPER_SERVERS,
                                List.of("127.0.0.1"),
                                Config.STORM_ZOOKEEPER_PORT,
                                (long) zooKeeperPort,
                                Config.STORM_LOCAL_HOSTNAME,
                                "127.0.0.1",
                                // LocalCluster switches both of these off, other than a cluster does.
                                Config.TOPOLOGY_ENABLE_MESSAGE_TIMEOUTS,
                                true,
                                Config.TOPOLOGY_SKIP_MISSING_KRYO_REGISTRATIONS,
                                false,
                                // A worker in this JVM is gone when its threads are.
                                Config.SUPERVISOR_WORKER_SHUTDOWN_SLEEP_SECS,
                                0))
                        .build();
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !Messages.of(e).contains(NO_LEADER)) {
                    throw e;
                }
                log.warn("Storm did not start, trying again", e);
            }
        }
    }

    /**
     * Submits the topology; its worker comes up in the background.
     *
     * @param topologyName name to submit under
     * @param conf the topology's configuration
     * @throws IllegalStateException if Storm refuses it
     */
    void submit(String topologyName, Map<String, Object> conf, StormTopology topology) {
        try {
            cluster.submitTopology(topologyName, conf, topology);
            name = topologyName;
        } catch (TException e) {
            throw new IllegalStateException("Storm refuses topology " + topologyName + ": " + e.getMessage(), e);
        }
    }

    /** How many Supervisors Nimbus knows. */
    int supervisors() {
        try {
            return cluster.getClusterInfo().get_supervisors_size();
        } catch (TException e) {
            throw new IllegalStateException("Nimbus does not answer", e);
        }
    }

    /** {@code 127.0.0.1:port}. */
    String zooKeeperAddress() {
        return zooKeeper.address();
    }

    /** Stops the spout, which then sends its drain; what is in flight continues to the sinks. */
    void deactivate() {
        try {
            cluster.deactivate(name);
        } catch (TException e) {
            throw new IllegalStateException("cannot deactivate topology " + name, e);
        }
    }

    /** Ends the topology now, without waiting for what is in flight, and waits until its worker is gone. */
    private void kill() {
        if (name == null) {
            return;
        }
        KillOptions now = new KillOptions();
        now.set_wait_secs(0);
        try {
            cluster.killTopologyWithOpts(name, now);
            while (isListed()) {
                Thread.sleep(POLL.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TException e) {
            log.warn("killing topology {} failed; the cluster is shut down anyway", name, e);
        }
    }

    /** Ends the topology, the cluster, and its ZooKeeper. */
    @Override
    public void close() {
        kill();
        try {
            supervisor.close();
        } catch (IOException e) {
            log.warn("the Supervisor did not end in order; the cluster is shut down anyway", e);
        }
        cluster.shutdown();
        zooKeeper.close();
    }

    private boolean isListed() throws TException {
        return cluster.getTopologySummaries().stream()
                .map(TopologySummary::get_name)
                .anyMatch(name::equals);
    }
}
