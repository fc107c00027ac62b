package org.offerstorm.local.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import org.offerstorm.core.tls.TlsContext;
import org.offerstorm.local.cluster.secure.ClosedWires;
import org.offerstorm.local.cluster.secure.ClusterRole;
import org.offerstorm.local.servers.RedisExecutable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** Redis: one server, which writes each change to disk before it answers. */
final class ClusterRedis {
    private static final String HOST = "127.0.0.1";
    private static final int TIMEOUT_MILLIS = 3_000;

    private final ClusterDirectory directory;
    private final int port;
    private final Optional<ClosedWires> closed;

    ClusterRedis(ClusterDirectory directory, PortFile ports, Optional<ClosedWires> closed) {
        this.directory = directory;
        this.port = ports.of(OtherServers.REDIS);
        this.closed = closed;
    }

    /** For our configuration, as this role. */
    String uri(ClusterRole role) {
        return closed.map(wires -> "rediss://" + role.user() + ":" + wires.reference(role) + "@")
                        .orElse("redis://")
                + HOST + ":" + port;
    }

    Server server() {
        Path home = directory.resolve(OtherServers.REDIS);
        Path settings = directory.resolve("conf").resolve("redis.conf");
        return new Server(
                OtherServers.REDIS,
                List.of(port),
                List.of(RedisExecutable.path(home).toString(), settings.toString()),
                home,
                Map.of(),
                () -> {
                    RedisExecutable.in(home);
                    SettingsFile.write(settings, settings(home));
                },
                this::check);
    }

    @SuppressWarnings("deprecation") // as our own client connects
    private void check() throws IOException {
        DefaultJedisClientConfig.Builder client = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(TIMEOUT_MILLIS)
                .socketTimeoutMillis(TIMEOUT_MILLIS);
        if (closed.isPresent()) {
            SSLParameters verified = new SSLParameters();
            verified.setEndpointIdentificationAlgorithm("HTTPS");
            client.ssl(true)
                    .sslSocketFactory(
                            new TlsContext(closed.get().serverTls()).get().getSocketFactory())
                    .sslParameters(verified)
                    .user(ClusterRole.EVERYTHING.user())
                    .password(closed.get().password(ClusterRole.EVERYTHING));
        }
        try (Jedis jedis = new Jedis(new HostAndPort(HOST, port), client.build())) {
            jedis.ping(); // an error while the log is loading
        }
    }

    private String settings(Path home) throws IOException {
        String text = String.format(Locale.ROOT, """
                # Written at each start; changes are lost.
                bind 127.0.0.1
                %s %d
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
                """, closed.isPresent() ? "port 0\ntls-port" : "port", port, home);
        return closed.isEmpty() ? text : text + String.join("\n", closed.get().redis()) + "\n";
    }
}
