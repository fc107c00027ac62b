package org.offerstorm.local.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.local.server.EmbeddedHdfs;
import org.offerstorm.local.server.EmbeddedKafka;
import org.offerstorm.local.server.EmbeddedRedis;
import org.offerstorm.local.server.EmbeddedSolr;
import org.offerstorm.topology.config.ConfigLoader;
import org.offerstorm.topology.setup.Doctor;
import org.offerstorm.topology.setup.Setup;
import org.offerstorm.topology.setup.Step;

/** The four servers, real and empty, and what setup and doctor say of them. Used by one test class at a time. */
final class AllServers implements AutoCloseable {
    final EmbeddedKafka kafka;
    final EmbeddedRedis redis;
    final EmbeddedSolr solr;
    final EmbeddedHdfs hdfs;
    final Path directory;

    private final List<AutoCloseable> started = new ArrayList<>();

    AllServers(Path directory) throws Exception {
        this.directory = directory;
        try {
            kafka = add(EmbeddedKafka.start(directory.resolve("kafka"), 0));
            redis = add(EmbeddedRedis.start(directory.resolve("redis"), 0));
            solr = add(EmbeddedSolr.start(directory.resolve("solr"), 0));
            hdfs = add(EmbeddedHdfs.start(directory.resolve("hdfs"), 0));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The configuration of these servers. */
    Map<String, String> settings() {
        return new HashMap<>(Map.of(
                "source.bootstrap-servers", kafka.bootstrapServers(),
                "redis.uri", redis.uri(),
                "solr.url", solr.url(),
                "hdfs.uri", hdfs.uri()));
    }

    /** The same with one setting changed. */
    OfferstormConfig config(String... changed) {
        Map<String, String> settings = settings();
        for (int i = 0; i < changed.length; i += 2) {
            settings.put(changed[i], changed[i + 1]);
        }
        return ConfigLoader.load(null, settings);
    }

    List<Finding> doctor(String... changed) {
        return Doctor.run(config(changed));
    }

    static List<Step> setup(OfferstormConfig config, int partitions) {
        List<Step> steps = new ArrayList<>();
        new Setup(config, partitions, steps::add).run();
        return steps;
    }

    static String text(List<?> lines) {
        return String.join("\n", lines.stream().map(String::valueOf).toList());
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

    private <T extends AutoCloseable> T add(T server) {
        started.add(0, server);
        return server;
    }
}
