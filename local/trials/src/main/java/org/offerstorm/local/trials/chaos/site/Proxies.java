package org.offerstorm.local.trials.chaos.site;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.local.cluster.ProxyRoutes;
import org.offerstorm.local.servers.proxy.TcpProxy;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.postgres.Postgres;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.solr.Solr;

/**
 * The proxies of one cluster's stores. Storm's own daemons, and what goes to DataNodes, do not pass here. Safe for use by several
 * threads.
 */
public final class Proxies implements Closeable {
    private static final String HOST = "127.0.0.1:";
    /** The port in an address; a reference in it has a colon too. */
    private static final Pattern PORT = Pattern.compile(":[0-9]+(?=[/?]|$)");

    private final OfferstormConfig direct;
    private final TcpProxy redis;
    private final TcpProxy solr;
    private final TcpProxy kafka;
    private final TcpProxy namenode;
    private final TcpProxy postgres;

    private Proxies(
            OfferstormConfig direct,
            TcpProxy redis,
            TcpProxy solr,
            TcpProxy kafka,
            TcpProxy namenode,
            TcpProxy postgres) {
        this.direct = direct;
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
     * @param direct addresses of the servers themselves
     * @throws IOException if a port is taken
     */
    public static Proxies open(Path cluster, OfferstormConfig direct) throws IOException {
        ProxyRoutes routes = ProxyRoutes.of(cluster);
        List<TcpProxy> opened = new ArrayList<>();
        boolean complete = false;
        try {
            opened.add(TcpProxy.open(routes.redis().port(), routes.redis().server()));
            boolean readable = direct.of(Solr.KIND).url().startsWith("http:");
            opened.add(
                    readable
                            ? TcpProxy.openHttp(
                                    routes.solr().port(), routes.solr().server())
                            : TcpProxy.open(routes.solr().port(), routes.solr().server()));
            opened.add(TcpProxy.open(routes.kafka().port(), routes.kafka().server()));
            opened.add(TcpProxy.open(routes.nameNode().port(), routes.nameNode().server()));
            ProxyRoutes.Route postgres = routes.postgres()
                    .orElseThrow(() -> Failure.usage("the cluster in " + cluster + " was made without PostgreSQL"));
            opened.add(TcpProxy.open(postgres.port(), postgres.server()));
            complete = true;
            return new Proxies(direct, opened.get(0), opened.get(1), opened.get(2), opened.get(3), opened.get(4));
        } finally {
            if (!complete) {
                opened.forEach(TcpProxy::close);
            }
        }
    }

    public TcpProxy redis() {
        return redis;
    }

    /** Knows HTTP, if that is not encrypted. */
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
                "redis.uri", through(direct.of(Redis.KIND).uri(), redis),
                "solr.url", through(direct.of(Solr.KIND).url(), solr),
                "hdfs.uri", through(direct.of(Hdfs.KIND).uri(), namenode),
                "postgres.url", through(direct.of(Postgres.KIND).url(), postgres));
    }

    private static String through(String address, TcpProxy proxy) {
        return PORT.matcher(address).replaceFirst(":" + proxy.port());
    }

    @Override
    public void close() {
        all().forEach(TcpProxy::close);
    }
}
