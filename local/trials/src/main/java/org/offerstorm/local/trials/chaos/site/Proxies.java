package org.offerstorm.local.trials.chaos.site;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.cluster.ProxyRoutes;
import org.offerstorm.local.servers.EmbeddedPostgres;
import org.offerstorm.local.servers.proxy.TcpProxy;

/**
 * The proxies of one cluster's stores. Storm's own daemons, and what goes to DataNodes, do not pass here. Safe for use by several
 * threads.
 */
public final class Proxies implements Closeable {
    private static final String HOST = "127.0.0.1:";

    private final TcpProxy redis;
    private final TcpProxy solr;
    private final TcpProxy kafka;
    private final TcpProxy namenode;
    private final TcpProxy postgres;

    private Proxies(TcpProxy redis, TcpProxy solr, TcpProxy kafka, TcpProxy namenode, TcpProxy postgres) {
        this.redis = redis;
        this.solr = solr;
        this.kafka = kafka;
        this.namenode = namenode;
        this.postgres = postgres;
    }

    /**
     * Opens them; the servers need not run.
     *
     * @param cluster directory of a cluster that was made with
     *     {@link org.offerstorm.local.cluster.ClusterSettings#proxied} and a PostgreSQL
     * @throws IOException if a port is taken
     */
    public static Proxies open(Path cluster) throws IOException {
        ProxyRoutes routes = ProxyRoutes.of(cluster);
        List<TcpProxy> opened = new ArrayList<>();
        boolean complete = false;
        try {
            opened.add(TcpProxy.open(routes.redis().port(), routes.redis().server()));
            opened.add(TcpProxy.openHttp(routes.solr().port(), routes.solr().server()));
            opened.add(TcpProxy.open(routes.kafka().port(), routes.kafka().server()));
            opened.add(TcpProxy.open(routes.nameNode().port(), routes.nameNode().server()));
            ProxyRoutes.Route postgres = routes.postgres()
                    .orElseThrow(() -> Failure.usage("the cluster in " + cluster + " was made without PostgreSQL"));
            opened.add(TcpProxy.open(postgres.port(), postgres.server()));
            complete = true;
            return new Proxies(opened.get(0), opened.get(1), opened.get(2), opened.get(3), opened.get(4));
        } finally {
            if (!complete) {
                opened.forEach(TcpProxy::close);
            }
        }
    }

    public TcpProxy redis() {
        return redis;
    }

    /** Knows HTTP. */
    public TcpProxy solr() {
        return solr;
    }

    /** Brokers advertise it to the clients that come through it. */
    public TcpProxy kafka() {
        return kafka;
    }

    /** Of the NameNode's calls. Blocks go to and from the DataNode directly. */
    public TcpProxy namenode() {
        return namenode;
    }

    public TcpProxy postgres() {
        return postgres;
    }

    public List<TcpProxy> all() {
        return List.of(redis, solr, kafka, namenode, postgres);
    }

    /** Options of our configuration that lead a topology through the proxies. */
    public Map<String, String> configuration() {
        return Map.of(
                "source.bootstrap-servers", HOST + kafka.port(),
                "redis.uri", "redis://" + HOST + redis.port(),
                "solr.url", "http://" + HOST + solr.port() + "/solr",
                "hdfs.uri", "hdfs://" + HOST + namenode.port(),
                "postgres.url", EmbeddedPostgres.uri(postgres.port()));
    }

    @Override
    public void close() {
        all().forEach(TcpProxy::close);
    }
}
