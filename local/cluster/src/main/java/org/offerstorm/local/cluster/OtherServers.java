package org.offerstorm.local.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.offerstorm.local.servers.PostgresCommand;
import org.offerstorm.local.servers.RedisExecutable;
import org.offerstorm.sinks.solr.Configset;
import redis.clients.jedis.Jedis;

/** ZooKeeper, Solr, Redis and, if the cluster has it, PostgreSQL. */
final class OtherServers {
    static final String ZOOKEEPER = "zookeeper";
    static final String SOLR = "solr";
    static final String REDIS = "redis";
    static final List<String> PORTS = List.of(ZOOKEEPER, SOLR, REDIS);
    /** Not part of every cluster. */
    static final String POSTGRES = "postgres";

    private static final String HOST = "127.0.0.1";
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int ZOOKEEPER_HEAP = 64;
    private static final int SOLR_HEAP = 384;

    private final ClusterDirectory directory;
    private final PortFile ports;

    OtherServers(ClusterDirectory directory, PortFile ports) {
        this.directory = directory;
        this.ports = ports;
    }

    String redisUri() {
        return "redis://" + HOST + ":" + ports.of(REDIS);
    }

    String solrUrl() {
        return "http://" + HOST + ":" + ports.of(SOLR) + "/solr";
    }

    Server zooKeeper(Jvm jvm) {
        Path settings = directory.resolve("conf").resolve("zoo.cfg");
        Path data = directory.resolve(ZOOKEEPER);
        return new Server(
                ZOOKEEPER,
                List.of(ports.of(ZOOKEEPER)),
                jvm.command(
                        ZOOKEEPER,
                        ZOOKEEPER_HEAP,
                        (Path) null,
                        List.of(jvm.logging()),
                        "org.apache.zookeeper.server.ZooKeeperServerMain",
                        List.of(settings.toString())),
                data,
                Map.of(),
                () -> {
                    Map<String, Object> p = new TreeMap<>();
                    p.put("clientPort", ports.of(ZOOKEEPER));
                    p.put("clientPortAddress", HOST);
                    p.put("dataDir", data);
                    p.put("tickTime", 2_000);
                    p.put("maxClientCnxns", 0);
                    p.put("admin.enableServer", false);
                    p.put("4lw.commands.whitelist", "ruok,srvr");
                    p.put("autopurge.purgeInterval", 1);
                    SettingsFile.properties(settings, p);
                },
                () -> checkZooKeeper(ports.of(ZOOKEEPER)));
    }

    Server solr(Jvm jvm) {
        Path home = directory.resolve(SOLR);
        return new Server(
                SOLR,
                List.of(ports.of(SOLR)),
                jvm.command(
                        SOLR,
                        SOLR_HEAP,
                        (Path) null,
                        List.of(jvm.logging()),
                        SolrMain.class.getName(),
                        List.of(home.toString(), Integer.toString(ports.of(SOLR)))),
                home,
                Map.of(),
                () -> layOutSolr(home),
                this::checkSolr);
    }

    Server redis() {
        Path home = directory.resolve(REDIS);
        Path settings = directory.resolve("conf").resolve("redis.conf");
        return new Server(
                REDIS,
                List.of(ports.of(REDIS)),
                List.of(RedisExecutable.path(home).toString(), settings.toString()),
                home,
                Map.of(),
                () -> {
                    RedisExecutable.in(home);
                    SettingsFile.write(settings, redisSettings(home));
                },
                () -> {
                    try (Jedis jedis = new Jedis(HOST, ports.of(REDIS), TIMEOUT_MILLIS)) {
                        jedis.ping(); // an error while the log is loading
                    }
                });
    }

    Server postgres() throws IOException {
        PostgresCommand postgres = postgresCommand();
        return new Server(
                POSTGRES,
                List.of(postgres.port()),
                postgres.command(),
                postgres.directory(),
                Map.of(),
                postgres::prepare,
                postgres::check);
    }

    String postgresUri() {
        return postgresCommand().uri();
    }

    private PostgresCommand postgresCommand() {
        return new PostgresCommand(directory.resolve(POSTGRES).toAbsolutePath(), ports.of(POSTGRES));
    }

    private String redisSettings(Path home) {
        return String.format(Locale.ROOT, """
                # Written at each start; changes are lost.
                bind 127.0.0.1
                port %d
                protected-mode yes
                daemonize no
                supervised no
                dir %s
                timeout 0
                # Acknowledged is on disk; nothing is ever dropped.
                appendonly yes
                appendfsync always
                no-appendfsync-on-rewrite no
                save ""
                maxmemory-policy noeviction
                # State buckets of some hundred offers stay compact (Redis 7 takes the old names too).
                hash-max-ziplist-entries 512
                hash-max-ziplist-value 64
                """, ports.of(REDIS), home);
    }

    /** No core: 'setup' makes it, from the configset. */
    private static void layOutSolr(Path home) throws IOException {
        SettingsFile.write(
                home.resolve("solr.xml"), "<solr><logging><bool name=\"enabled\">false</bool></logging></solr>\n");
        Path conf = Files.createDirectories(home.resolve("configsets/offers/conf"));
        Configset.copyTo(conf);
    }

    private void checkSolr() throws IOException {
        HttpURLConnection request = (HttpURLConnection)
                URI.create(solrUrl() + "/admin/info/health?wt=json").toURL().openConnection();
        request.setConnectTimeout(TIMEOUT_MILLIS);
        request.setReadTimeout(TIMEOUT_MILLIS);
        try {
            if (request.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException(solrUrl() + " answers " + request.getResponseCode());
            }
        } finally {
            request.disconnect();
        }
    }

    private static void checkZooKeeper(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write("ruok".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (!answer.equals("imok")) {
                throw new IOException("ZooKeeper answers '" + answer + "' to ruok");
            }
        }
    }
}
