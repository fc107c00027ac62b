package org.offerstorm.local.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.storm.Config;
import org.apache.storm.LocalCluster;
import org.apache.storm.generated.KillOptions;
import org.apache.storm.generated.StormTopology;
import org.apache.storm.generated.TopologySummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One topology in a LocalCluster of its own: Nimbus, a supervisor and a worker in this JVM, no port but for the
 * ZooKeeper's that it is given. Its temporary files stand in {@code java.io.tmpdir}. Used by one thread.
 */
public final class StormRun implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StormRun.class);
    private static final Duration POLL = Duration.ofMillis(50);

    private final LocalCluster cluster;
    private final String name;
    private boolean alive;

    private StormRun(LocalCluster cluster, String name) {
        this.cluster = cluster;
        this.name = name;
        this.alive = true;
    }

    /**
     * Starts a cluster and submits the topology to it; its workers come up in the background.
     *
     * @param zooKeeperPort a ZooKeeper on 127.0.0.1 without state of an earlier cluster
     * @param conf the topology's configuration
     * @throws IllegalStateException if Storm does not come up or refuses the topology
     */
    public static StormRun submit(int zooKeeperPort, String name, Map<String, Object> conf, StormTopology topology) {
        LocalCluster cluster = null;
        try {
            cluster = new LocalCluster.Builder()
                    .withSupervisors(1)
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
            cluster.submitTopology(name, conf, topology);
            return new StormRun(cluster, name);
        } catch (Exception e) {
            if (cluster != null) {
                cluster.shutdown();
            }
            throw new IllegalStateException("Storm did not start topology " + name + ": " + e.getMessage(), e);
        }
    }

    /** Stops the spout, which then sends its drain; what is in flight goes on to the sinks. */
    public void deactivate() {
        try {
            cluster.deactivate(name);
        } catch (Exception e) {
            throw new IllegalStateException("cannot deactivate topology " + name, e);
        }
    }

    /** Ends the topology now, without waiting for what is in flight, and waits until its worker is gone. */
    public void kill() {
        if (!alive) {
            return;
        }
        alive = false;
        KillOptions now = new KillOptions();
        now.set_wait_secs(0);
        try {
            cluster.killTopologyWithOpts(name, now);
            while (isListed()) {
                Thread.sleep(POLL.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.warn("killing topology {} failed; the cluster is shut down all the same", name, e);
        }
    }

    /** Ends the topology and the cluster. */
    @Override
    public void close() {
        kill();
        cluster.shutdown();
    }

    private boolean isListed() throws Exception {
        return cluster.getTopologySummaries().stream()
                .map(TopologySummary::get_name)
                .anyMatch(name::equals);
    }
}
