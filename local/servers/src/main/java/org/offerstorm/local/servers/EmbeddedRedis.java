package org.offerstorm.local.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A real redis-server in a separate process that keeps what it acknowledged: {@code appendfsync always}, no eviction. It
 * listens on 127.0.0.1 only, and writes to its directory only. It runs in a separate session: Ctrl-C in the terminal does
 * not end it before its clients. If this JVM is killed, it keeps running, and the next {@link #start} on the directory
 * ends it first. One caller at a time for a directory.
 */
public final class EmbeddedRedis implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    /** It takes milliseconds, but a busy machine seconds. */
    private static final Duration UP = Duration.ofMinutes(1);
    /** Reading a large log takes a while; until then the server answers "loading". */
    private static final Duration LOADED = Duration.ofMinutes(5);

    private static final Duration ENDED = Duration.ofSeconds(10);
    private static final int CLIENT_TIMEOUT_MILLIS = 2_000;
    private static final int LOG_LINES = 5;

    private static final Object LAUNCH = new Object();
    private static boolean ending;

    private final Path directory;
    private final int port;
    private final RedisProcess process;

    private EmbeddedRedis(Path directory, int port, RedisProcess process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts a server over the data in {@code directory}, which is made if it is missing, and waits until it answers. The
     * executable is the bundled one, or the one that the system property {@code offerstorm.redis-server} names.
     *
     * @param port 0 for a free one
     * @throws IOException if it does not come up; the message says why and what to do
     */
    public static EmbeddedRedis start(Path directory, int port) throws IOException {
        Path home = Files.createDirectories(directory).toRealPath();
        endOrphan(home);
        return start(home, port, RedisExecutable.in(home));
    }

    static EmbeddedRedis start(Path directory, int port, Path executable) throws IOException {
        return FreePorts.listen(port, chosen -> startOn(chosen, directory, executable));
    }

    private static EmbeddedRedis startOn(int chosen, Path directory, Path executable) throws IOException {
        FreePorts.requireFree(chosen, "Redis");
        Files.deleteIfExists(pidFile(directory));
        Files.deleteIfExists(logFile(directory));
        Path configuration = directory.resolve("redis.conf");
        Files.write(configuration, configuration(directory, chosen));
        RedisProcess process = launch(directory, executable, configuration);
        try {
            awaitAnswer(directory, chosen, process);
        } catch (IOException | RuntimeException e) {
            process.end(ENDED);
            throw e;
        }
        return new EmbeddedRedis(directory, chosen, process);
    }

    /** {@code redis://127.0.0.1:port}. */
    public String uri() {
        return "redis://" + HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /** Ends the server and waits for it; the data stay. Does nothing if it has ended already. */
    @Override
    public void close() throws IOException {
        if (process.isAlive()) {
            process.end(ENDED);
        }
        Files.deleteIfExists(pidFile(directory));
    }

    /**
     * Ends the server that a killed process left running over {@code directory}, if there is one.
     *
     * @throws IOException if it does not end
     */
    public static void endOrphan(Path directory) throws IOException {
        Optional<RedisProcess> orphan = RedisProcess.named(pidFile(directory), directory);
        if (orphan.isPresent()) {
            orphan.get().end(ENDED);
        }
    }

    /**
     * As {@link #endOrphan}, for the last moments of this process: a server that is just starting ends too, and none is
     * started any more.
     */
    public static void endForGood(Path directory) throws IOException {
        synchronized (LAUNCH) {
            ending = true;
            endOrphan(directory);
        }
    }

    private static List<String> configuration(Path directory, int port) {
        return List.of(
                "# Written at each start; changes are lost.",
                "bind " + HOST,
                "port " + port,
                "protected-mode yes",
                "daemonize yes",
                "supervised no",
                "pidfile " + quoted(pidFile(directory)),
                "logfile " + quoted(logFile(directory)),
                "dir " + quoted(directory),
                "tcp-backlog 128",
                "timeout 0",
                "# Acknowledged is on disk; nothing is ever dropped.",
                "appendonly yes",
                "appendfsync always",
                "no-appendfsync-on-rewrite no",
                "save \"\"",
                "maxmemory-policy noeviction",
                "# State buckets of some hundred offers stay compact (Redis 7 takes the old names too).",
                "hash-max-ziplist-entries 512",
                "hash-max-ziplist-value 64");
    }

    /** The time in which a crash of this JVM would leave no trace of the server: from the fork to the file with the pid. */
    private static RedisProcess launch(Path directory, Path executable, Path configuration) throws IOException {
        synchronized (LAUNCH) {
            if (ending) {
                throw new IOException("this process is ending; no Redis is started any more");
            }
            fork(directory, executable, configuration);
            return awaitPid(directory);
        }
    }

    /** The parent of the daemon: returns when it has forked, or fails. */
    private static void fork(Path directory, Path executable, Path configuration) throws IOException {
        Path output = directory.resolve("redis.out");
        Process parent;
        try {
            parent = new ProcessBuilder(executable.toString(), configuration.toString())
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw cannotRun(executable, e.getMessage());
        }
        try {
            if (!parent.waitFor(UP.toMillis(), TimeUnit.MILLISECONDS)) {
                parent.destroyForcibly();
                throw new IOException(executable + " did not go to the background; see " + output);
            }
        } catch (InterruptedException e) {
            parent.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting " + executable, e);
        }
        if (parent.exitValue() != 0) {
            throw cannotRun(
                    executable, "exit code " + parent.exitValue() + ", " + tail(output) + tail(logFile(directory)));
        }
    }

    private static IOException cannotRun(Path executable, String reason) {
        String advice = reason.contains("libssl") || reason.contains("libcrypto")
                ? "the bundled Redis needs OpenSSL 3 (Debian 12, Ubuntu 22.04, RHEL 9 or later have it; package libssl3 or"
                        + " openssl-libs); or install redis-server and run with -D"
                : "install redis-server and run with -D";
        return new IOException(executable + " cannot run: " + reason.strip() + "\n" + advice + RedisExecutable.PROPERTY
                + "=/usr/bin/redis-server");
    }

    private static RedisProcess awaitPid(Path directory) throws IOException {
        long deadline = System.nanoTime() + UP.toNanos();
        while (true) {
            Optional<RedisProcess> process = RedisProcess.named(pidFile(directory), directory);
            if (process.isPresent()) {
                return process.get();
            }
            if (System.nanoTime() > deadline || tail(logFile(directory)).contains("Failed listening on port")) {
                throw new IOException(
                        "redis-server did not start; " + logFile(directory) + " ends: " + tail(logFile(directory)));
            }
            RedisProcess.pause();
        }
    }

    private static void awaitAnswer(Path directory, int port, RedisProcess process) throws IOException {
        long deadline = System.nanoTime() + LOADED.toNanos();
        while (true) {
            try (Jedis jedis = new Jedis(HOST, port, CLIENT_TIMEOUT_MILLIS)) {
                jedis.ping(); // an error while the log is loading
                if (jedis.info("server").contains("process_id:" + process.pid() + "\r")) {
                    return;
                }
                throw new IOException("another Redis answers on port " + port + "; choose another port");
            } catch (JedisException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException(
                            "redis-server ended or does not answer on " + HOST + ":" + port + "; " + logFile(directory)
                                    + " ends: " + tail(logFile(directory)),
                            e);
                }
                RedisProcess.pause();
            }
        }
    }

    private static String tail(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    private static Path pidFile(Path directory) {
        return directory.resolve("redis.pid");
    }

    private static Path logFile(Path directory) {
        return directory.resolve("redis.log");
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
