package org.offerstorm.local.servers.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.offerstorm.local.servers.FreePorts;
import org.offerstorm.local.servers.RedisExecutable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Real processes on 127.0.0.1: a Redis master, a replica, and three Sentinels that promote the replica when the master is
 * gone for a second. All end with {@link #close}, or with this JVM.
 */
public final class SentinelRedis implements AutoCloseable {
    public static final String MASTER = "mymaster";
    private static final String HOST = "127.0.0.1";
    private static final int SENTINELS = 3;
    private static final int PATIENCE_MILLIS = 60_000;

    private final Path home;
    private final Path executable;
    /** Null without TLS. */
    private final TestCertificate certificate;

    private final List<Server> servers = new ArrayList<>();
    private final List<Server> sentinels = new ArrayList<>();
    private final Thread hook = new Thread(this::kill);

    /** One process; killed, it may be started again where it was. */
    public static final class Server {
        private final int port;
        private final int open;
        private final List<String> command;
        private final Path log;
        private Process process;

        private Server(int port, int open, List<String> command, Path log) {
            this.port = port;
            this.open = open;
            this.command = command;
            this.log = log;
        }

        /** Where clients, replicas and Sentinels find it, with TLS if there is any. */
        public int port() {
            return port;
        }

        /** As after a power cut. */
        public void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        /** It hangs: its sockets stay open, and nobody answers. */
        public void pause() throws Exception {
            signal("STOP");
        }

        /** It goes on after {@link #pause}. */
        public void resume() throws Exception {
            signal("CONT");
        }

        /** Starts it again after {@link #kill}. */
        public void start() throws IOException {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        }

        /** A connection to it, without TLS. */
        public Jedis jedis() {
            return new Jedis(HOST, open, PATIENCE_MILLIS);
        }

        private void signal(String name) throws Exception {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name + " " + process.pid() + ": " + code);
            }
        }
    }

    private SentinelRedis(Path home, TestCertificate certificate) throws IOException {
        this.home = home;
        this.executable = RedisExecutable.in(home);
        this.certificate = certificate;
    }

    /** Starts all, and waits until the replica follows and each Sentinel knows the others. */
    public static SentinelRedis start(Path directory) throws Exception {
        return start(directory, null);
    }

    /** The same, with TLS between all of them. */
    public static SentinelRedis start(Path directory, TestCertificate certificate) throws Exception {
        SentinelRedis redis = new SentinelRedis(Files.createTempDirectory(directory, "sentinel"), certificate);
        Runtime.getRuntime().addShutdownHook(redis.hook);
        try {
            redis.startAll();
            return redis;
        } catch (Exception e) {
            redis.close();
            throw e;
        }
    }

    /** {@code redis-sentinel://127.0.0.1:1,127.0.0.1:2,127.0.0.1:3/mymaster}. */
    public String uri() {
        return (certificate == null ? "redis" : "rediss") + "-sentinel://" + addresses() + "/" + MASTER;
    }

    /** {@code 127.0.0.1:1,127.0.0.1:2,127.0.0.1:3}: the Sentinels. */
    public String addresses() {
        return sentinels.stream().map(each -> HOST + ":" + each.port).collect(Collectors.joining(","));
    }

    public List<Server> sentinels() {
        return sentinels;
    }

    /** The one that was the master at the start. */
    public Server first() {
        return servers.get(0);
    }

    /** The one that was the replica at the start. */
    public Server second() {
        return servers.get(1);
    }

    /** Waits until every Sentinel that answers names this server as the master, and it is one. */
    public void awaitMaster(Server server) throws Exception {
        await("Sentinels that name " + server.port, () -> {
            for (Server sentinel : sentinels) {
                if (!sentinel.process.isAlive()) {
                    continue;
                }
                try (Jedis jedis = sentinel.jedis()) {
                    if (!jedis.sentinelGetMasterAddrByName(MASTER).get(1).equals(Integer.toString(server.port))) {
                        return false;
                    }
                }
            }
            return isRole(server, "master");
        });
    }

    /** Waits until this server follows the other one, and has all that it has. */
    public void awaitReplica(Server server) throws Exception {
        Server master = servers.get(1 - servers.indexOf(server));
        await(
                "replica " + server.port,
                () -> isRole(server, "slave")
                        && number(server, "slave_repl_offset") >= number(master, "master_repl_offset")
                        && info(server).contains("master_link_status:up"));
    }

    /** Waits until the Sentinels that answer have seen that the others are gone. */
    public void awaitNoQuorum() throws Exception {
        await("lost quorum", () -> sentinels.stream()
                .filter(sentinel -> sentinel.process.isAlive())
                .noneMatch(SentinelRedis::hasQuorum));
    }

    private static boolean hasQuorum(Server sentinel) {
        try (Jedis jedis = sentinel.jedis()) {
            jedis.sendCommand(Command.SENTINEL, "CKQUORUM", MASTER);
            return true;
        } catch (JedisDataException e) { // NOQUORUM
            return false;
        }
    }

    /** From now on the replica gets nothing, and the master goes on. {@link Server#resume} ends it. */
    public void cutOff(Server replica, Server master) throws Exception {
        replica.pause();
        try (Jedis jedis = master.jedis()) {
            jedis.sendCommand(Command.CLIENT, "KILL", "TYPE", "replica");
        }
    }

    /** Has the Sentinels name this server, also if it is none, as people can; none of them changes that for a while. */
    public void name(Server server) {
        for (Server sentinel : sentinels) {
            try (Jedis jedis = sentinel.jedis()) {
                jedis.sentinelRemove(MASTER);
                jedis.sentinelMonitor(MASTER, HOST, server.port, SENTINELS);
            }
        }
    }

    private static boolean isRole(Server server, String role) {
        return info(server).contains("role:" + role + "\r");
    }

    private static long number(Server server, String field) {
        return info(server)
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(field.length() + 1).strip()))
                .findFirst()
                .orElse(-1);
    }

    private static String info(Server server) {
        try (Jedis jedis = server.jedis()) {
            return jedis.info("replication");
        }
    }

    private void startAll() throws Exception {
        int master = FreePorts.one();
        servers.add(redis(master));
        servers.add(redis(FreePorts.one(), "replicaof " + HOST + " " + master));
        for (int i = 0; i < SENTINELS; i++) {
            sentinels.add(sentinel(master));
        }
        awaitReplica(second());
        await("Sentinels that know each other", () -> {
            for (Server sentinel : sentinels) {
                try (Jedis jedis = sentinel.jedis()) {
                    Map<String, String> known = jedis.sentinelMaster(MASTER);
                    if (!Integer.toString(SENTINELS - 1).equals(known.get("num-other-sentinels"))
                            || !"1".equals(known.get("num-slaves"))
                            || jedis.sentinelReplicas(MASTER).stream()
                                    .noneMatch(replica -> "ok".equals(replica.get("master-link-status")))) {
                        return false;
                    }
                }
            }
            return true;
        });
    }

    private Server redis(int port, String... replica) throws IOException {
        int open = open(port);
        Path directory = Files.createDirectories(home.resolve("redis-" + port));
        List<String> lines = new ArrayList<>(listeners(port, open));
        lines.addAll(List.of(
                "dir \"" + directory + "\"",
                "appendonly yes",
                "appendfsync always",
                "save \"\"",
                "repl-diskless-sync-delay 0"));
        lines.addAll(List.of(replica));
        return started(port, open, directory, lines);
    }

    private Server sentinel(int master) throws IOException {
        int port = FreePorts.one();
        int open = open(port);
        Path directory = Files.createDirectories(home.resolve("sentinel-" + port));
        List<String> lines = new ArrayList<>(listeners(port, open));
        lines.addAll(List.of(
                "dir \"" + directory + "\"",
                "sentinel monitor " + MASTER + " " + HOST + " " + master + " 2",
                "sentinel down-after-milliseconds " + MASTER + " 1000",
                "sentinel failover-timeout " + MASTER + " 5000"));
        return started(port, open, directory, lines, "--sentinel");
    }

    private int open(int port) {
        return certificate == null ? port : FreePorts.one();
    }

    private List<String> listeners(int port, int open) {
        return certificate == null
                ? List.of("bind " + HOST, "port " + port)
                : List.of(
                        "bind " + HOST,
                        "port " + open,
                        "tls-port " + port,
                        "tls-replication yes",
                        "tls-auth-clients no",
                        "tls-cert-file \"" + certificate.certificate() + "\"",
                        "tls-key-file \"" + certificate.key() + "\"",
                        "tls-ca-cert-file \"" + certificate.certificate() + "\"");
    }

    private Server started(int port, int open, Path directory, List<String> lines, String... more) throws IOException {
        Path configuration = Files.write(directory.resolve("redis.conf"), lines);
        List<String> command = new ArrayList<>(List.of(executable.toString(), configuration.toString()));
        command.addAll(List.of(more));
        Server server = new Server(port, open, command, directory.resolve("log"));
        server.start();
        return server;
    }

    private void await(String what, Callable<Boolean> enough) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (true) {
            String said = "";
            try {
                if (enough.call()) {
                    return;
                }
            } catch (JedisException e) { // it is starting, or busy
                said = ": " + e.getMessage();
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("no " + what + said);
            }
            Thread.sleep(50);
        }
    }

    private void kill() {
        for (List<Server> each : List.of(sentinels, servers)) {
            each.forEach(server -> server.process.destroyForcibly());
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
        for (List<Server> each : List.of(sentinels, servers)) {
            for (Server server : each) {
                server.process.waitFor();
            }
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // this JVM is ending
        }
    }
}
