package org.offerstorm.local.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.offerstorm.local.cluster.secure.ClosedWires;
import org.offerstorm.local.cluster.secure.ClusterRole;
import org.offerstorm.local.servers.EmbeddedPostgres;
import org.offerstorm.local.servers.PostgresCommand;

/** ZooKeeper and, if the cluster has it, PostgreSQL; and how servers that are one of their kind are called. */
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

    private final ClusterDirectory directory;
    private final PortFile ports;
    private final Optional<ClosedWires> closed;

    OtherServers(ClusterDirectory directory, PortFile ports, Optional<ClosedWires> closed) {
        this.directory = directory;
        this.ports = ports;
        this.closed = closed;
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

    String postgresUri() throws IOException {
        if (closed.isEmpty()) {
            return postgresCommand().uri();
        }
        String user = EmbeddedPostgres.NAME;
        return "postgresql://" + user + ":" + closed.get().reference(ClusterRole.EVERYTHING) + "@" + HOST + ":"
                + ports.of(POSTGRES) + "/" + user + "?sslmode=verify-full";
    }

    private PostgresCommand postgresCommand() throws IOException {
        return new PostgresCommand(
                directory.resolve(POSTGRES).toAbsolutePath(),
                ports.of(POSTGRES),
                closed.isEmpty() ? Optional.empty() : Optional.of(closed.get().postgres()));
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
