package org.offerstorm.tools.setup;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.local.servers.EmbeddedHdfs;
import org.offerstorm.local.servers.EmbeddedKafka;
import org.offerstorm.local.servers.EmbeddedRedis;
import org.offerstorm.local.servers.EmbeddedSolr;
import org.offerstorm.sinks.solr.Configset;
import org.offerstorm.tools.cli.ToolCommands;
import org.offerstorm.tools.config.ConfigLoader;
import picocli.CommandLine;
import redis.clients.jedis.Jedis;

/** The four servers, real and empty, and what the commands say of them. */
final class AllServers implements AutoCloseable {
    /** Redis answers late when its disk is busy. */
    private static final int PATIENCE_MILLIS = 60_000;

    /** So does HDFS: a worker tries again after 3 s, but a check looks once. */
    static final Map<String, String> PATIENT_HDFS = Map.of("hdfs.properties.ipc.client.rpc-timeout.ms", "60000");

    final EmbeddedKafka kafka;
    final EmbeddedRedis redis;
    final EmbeddedSolr solr;
    final EmbeddedHdfs hdfs;
    final Path directory;

    private final List<AutoCloseable> started = new ArrayList<>();

    /** What a command printed, and how it ended. */
    record Run(int exitCode, String out) {}

    AllServers(Path directory) throws Exception {
        this.directory = directory;
        try {
            kafka = add(EmbeddedKafka.start(directory.resolve("kafka"), 0));
            redis = add(EmbeddedRedis.start(directory.resolve("redis"), 0));
            solr = add(EmbeddedSolr.start(directory.resolve("solr"), 0, Configset::copyTo));
            hdfs = add(EmbeddedHdfs.start(directory.resolve("hdfs"), 0));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The configuration of these servers; {@code changed} are names and values. */
    OfferstormConfig config(String... changed) {
        return ConfigLoader.load(null, settings(changed));
    }

    List<Finding> doctor(String... changed) {
        return Doctor.run(config(changed));
    }

    /** What is not as it must be. */
    List<Finding> complaints(String... changed) {
        return doctor(changed).stream()
                .filter(finding -> finding.level() != Finding.Level.OK)
                .toList();
    }

    List<Step> setup(String... changed) {
        List<Step> steps = new ArrayList<>();
        new Setup(config(changed), Setup.ANY_PARTITIONS, steps::add).run();
        return steps;
    }

    /** As a user calls it. */
    Run command(List<String> words, String... changed) {
        List<String> args = new ArrayList<>(words);
        settings(changed).forEach((name, value) -> {
            args.add("-c");
            args.add(name + "=" + value);
        });
        StringWriter out = new StringWriter();
        CommandLine line =
                ToolCommands.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
        return new Run(line.execute(args.toArray(String[]::new)), out.toString());
    }

    Jedis jedis() {
        return new Jedis(URI.create(redis.uri()), PATIENCE_MILLIS);
    }

    /** {@code 127.0.0.1:port} where nobody listens, as after a server was stopped. */
    static String nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    @Override
    public void close() throws Exception {
        Exception failure = null;
        for (AutoCloseable server : started) {
            try {
                server.close();
            } catch (Exception e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private Map<String, String> settings(String... changed) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "source.bootstrap-servers", kafka.bootstrapServers(),
                "redis.uri", redis.uri(),
                "solr.url", solr.url(),
                "hdfs.uri", hdfs.uri()));
        settings.putAll(PATIENT_HDFS);
        for (int i = 0; i < changed.length; i += 2) {
            settings.put(changed[i], changed[i + 1]);
        }
        return settings;
    }

    private <T extends AutoCloseable> T add(T server) {
        started.add(0, server);
        return server;
    }
}
