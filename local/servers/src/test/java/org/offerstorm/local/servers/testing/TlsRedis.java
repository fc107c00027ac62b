package org.offerstorm.local.servers.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.offerstorm.local.servers.FreePorts;
import org.offerstorm.local.servers.RedisExecutable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A real redis-server that speaks TLS at one port, and plain text at another, through which a test sees what was asked.
 * Both are bound to 127.0.0.1.
 */
public final class TlsRedis implements AutoCloseable {
    private static final long UP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Process process;
    private final int tlsPort;
    private final int plainPort;

    private TlsRedis(Process process, int tlsPort, int plainPort) {
        this.process = process;
        this.tlsPort = tlsPort;
        this.plainPort = plainPort;
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param more further arguments: {@code --tls-auth-clients}, {@code no}
     */
    public static TlsRedis start(Path directory, TestCertificate certificate, String... more) throws Exception {
        Path home = Files.createTempDirectory(directory, "redis");
        int plainPort = FreePorts.one();
        int tlsPort = FreePorts.one();
        List<String> command = new ArrayList<>(List.of(
                RedisExecutable.in(home).toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(plainPort),
                "--tls-port",
                Integer.toString(tlsPort),
                "--tls-cert-file",
                certificate.certificate().toString(),
                "--tls-key-file",
                certificate.key().toString(),
                "--tls-ca-cert-file",
                certificate.certificate().toString(),
                "--save",
                "",
                "--dir",
                home.toString()));
        command.addAll(List.of(more));
        Path log = home.resolve("redis.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        TlsRedis redis = new TlsRedis(process, tlsPort, plainPort);
        long deadline = System.nanoTime() + UP_NANOS;
        while (true) {
            try (Jedis jedis = redis.plain()) {
                jedis.ping();
                return redis;
            } catch (JedisException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    redis.close();
                    throw new IOException("redis-server did not start: " + Files.readString(log), e);
                }
                Thread.sleep(20);
            }
        }
    }

    public int plainPort() {
        return plainPort;
    }

    public int tlsPort() {
        return tlsPort;
    }

    /** A connection without TLS. */
    public Jedis plain() {
        return new Jedis("127.0.0.1", plainPort, 60_000);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
