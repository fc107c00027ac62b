package org.offerstorm.local.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.offerstorm.core.check.Failure;

/**
 * Where proxies of a cluster's stores listen, and where they lead. The ports belong to the cluster, so they stay the same
 * over restarts: Kafka advertises its proxy's port to the clients that come through it, so it must know that port.
 *
 * <p>Of HDFS only the NameNode is proxied: a client that reads or writes a file learns the DataNode's address from it, and goes there directly.
 *
 * @param postgres empty if the cluster has none
 */
public record ProxyRoutes(Route redis, Route solr, Route kafka, Route nameNode, Optional<Route> postgres) {
    static final String KAFKA = "kafka-proxy";
    /** The listener of the broker behind the proxy. */
    static final String KAFKA_LISTENER = "kafka-1-proxied";

    private static final String REDIS = "redis-proxy";
    private static final String SOLR = "solr-proxy";
    private static final String NAME_NODE = "namenode-proxy";
    /** Of a cluster that has a PostgreSQL. */
    static final String POSTGRES = "postgres-proxy";

    static final List<String> PORTS = List.of(REDIS, SOLR, KAFKA, KAFKA_LISTENER, NAME_NODE);

    /**
     * From a port of 127.0.0.1 to a server.
     *
     * @param port where the proxy listens
     * @param server where it leads
     */
    public record Route(int port, InetSocketAddress server) {}

    /**
     * Of a cluster that was made with {@link ClusterSettings#proxied}.
     *
     * @throws Failure if it was not, or if there is no cluster
     */
    public static ProxyRoutes of(Path directory) throws IOException {
        ClusterDirectory cluster = ClusterDirectory.existing(directory);
        PortFile ports = PortFile.read(cluster.resolve("ports"));
        if (!areIn(ports)) {
            throw Failure.usage("the cluster in " + cluster.root() + " was made without proxies");
        }
        return new ProxyRoutes(
                route(ports, REDIS, OtherServers.REDIS),
                route(ports, SOLR, OtherServers.SOLR),
                route(ports, KAFKA, KAFKA_LISTENER),
                route(ports, NAME_NODE, HdfsServers.NAME_NODE),
                ports.has(POSTGRES) ? Optional.of(route(ports, POSTGRES, OtherServers.POSTGRES)) : Optional.empty());
    }

    /** Whether the cluster with these ports is proxied. */
    static boolean areIn(PortFile ports) {
        return PORTS.stream().allMatch(ports::has);
    }

    private static Route route(PortFile ports, String proxy, String server) {
        return new Route(ports.of(proxy), new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.of(server)));
    }
}
