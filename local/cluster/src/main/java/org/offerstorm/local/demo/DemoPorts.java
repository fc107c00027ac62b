package org.offerstorm.local.demo;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.offerstorm.core.check.Failure;

/**
 * TCP ports on 127.0.0.1 that the user asked for; 0: any.
 *
 * @param kafka of the broker
 * @param redis of Redis
 * @param solr of Solr (HTTP)
 * @param hdfs of the NameNode (RPC)
 * @param postgres of PostgreSQL, if the demo has it
 * @param zooKeeper of ZooKeeper, which Storm needs
 * @param dashboard of the live page (HTTP)
 * @param ingest of what takes offers (HTTP)
 */
public record DemoPorts(
        int kafka, int redis, int solr, int hdfs, int postgres, int zooKeeper, int dashboard, int ingest) {
    /**
     * Checks them.
     *
     * @throws Failure if two servers have the same port
     */
    public DemoPorts {
        requireDistinct(byServer(kafka, redis, solr, hdfs, postgres, zooKeeper, dashboard, ingest));
    }

    /** Server's name to port. */
    Map<String, Integer> byServer() {
        return byServer(kafka, redis, solr, hdfs, postgres, zooKeeper, dashboard, ingest);
    }

    /** Whether the user asked for any. */
    public boolean any() {
        return byServer().values().stream().anyMatch(port -> port != Ports.ANY);
    }

    private static Map<String, Integer> byServer(
            int kafka, int redis, int solr, int hdfs, int postgres, int zooKeeper, int dashboard, int ingest) {
        return Map.of(
                DemoServers.KAFKA, kafka,
                DemoServers.REDIS, redis,
                DemoServers.SOLR, solr,
                DemoServers.HDFS, hdfs,
                DemoServers.POSTGRES, postgres,
                StormRun.ZOOKEEPER, zooKeeper,
                Demo.DASHBOARD, dashboard,
                Demo.INGEST, ingest);
    }

    static void requireDistinct(Map<String, Integer> ports) {
        Map<Integer, String> owners = new HashMap<>();
        for (String server : new TreeSet<>(ports.keySet())) {
            int port = ports.get(server);
            String other = port == Ports.ANY ? null : owners.put(port, server);
            if (other != null) {
                throw Failure.usage("--" + other + "-port and --" + server + "-port are both " + port
                        + "; each server needs a separate port");
            }
        }
    }
}
