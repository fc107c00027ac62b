package org.offerstorm.local.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.storm.Config;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.tools.config.ConfigLoader;
import org.offerstorm.tools.figures.FiguresServer;
import org.offerstorm.tools.setup.KafkaTopics;
import org.offerstorm.topology.metrics.LocalFigures;
import org.offerstorm.topology.wiring.OffersTopology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers of one data directory, and the topology running on them. Started and closed by one thread. */
final class Pipeline implements AutoCloseable {
    static final String FIGURES = "figures";

    /** Let the topic have as many partitions as it has, or some if it is new. */
    static final int ANY_PARTITIONS = 0;

    private static final int DEFAULT_PARTITIONS = 4;
    /** HDFS wants room for a whole block for each open file; the usual 128 MiB are much for a laptop's disk. */
    private static final String HDFS_BLOCK = Integer.toString(4 << 20);

    private static final Duration DRAIN = Duration.ofSeconds(4);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Logger log = LoggerFactory.getLogger(Pipeline.class);

    private final DemoServers servers;
    private final OfferstormConfig config;
    private final StormRun storm;
    private final FiguresServer figures;

    private Pipeline(DemoServers servers, OfferstormConfig config, StormRun storm, FiguresServer figures) {
        this.servers = servers;
        this.config = config;
        this.storm = storm;
        this.figures = figures;
    }

    /**
     * Starts the servers, makes the topics, submits the topology.
     *
     * @param partitions of the topic; {@link #ANY_PARTITIONS} if it does not matter
     * @param patience how long Kafka may take for an answer while it listens
     * @param sinks their names; empty for the usual ones
     * @param stormSettings lie over the topology's own
     * @param progress gets the name of each part that is up, or does not come up
     * @throws Failure if any part does not start; what was started is stopped again
     */
    static Pipeline start(
            DataDirectory directory,
            Ports ports,
            int partitions,
            Duration patience,
            DataSet dataSet,
            List<String> sinks,
            Map<String, Object> stormSettings,
            StartProgress progress)
            throws IOException {
        CompletableFuture<StormRun> starting = CompletableFuture.supplyAsync(
                () -> startStorm(directory, ports, progress), task -> new Thread(task, "start-storm").start());
        DemoServers servers = null;
        StormRun storm = null;
        FiguresServer figures = null;
        boolean up = false;
        try {
            servers = DemoServers.start(directory, ports, DemoSinks.havePostgres(sinks), progress);
            OfferstormConfig config = config(servers, sinks);
            makeTopics(config, partitions, patience);
            DemoSinks.setUp(config);
            storm = await(starting);
            figures = LocalFigures.serve(ports.of(FIGURES));
            ports.remember(FIGURES, figures.address().getPort());
            Config conf = OffersTopology.stormConfig(config);
            conf.putAll(stormSettings);
            storm.submit(config.topology().name(), conf, OffersTopology.build(config, dataSet));
            up = true;
            return new Pipeline(servers, config, storm, figures);
        } finally {
            if (!up) {
                closeAll(storm == null ? starting.exceptionally(failure -> null).join() : storm, servers, figures);
            }
        }
    }

    private static void closeAll(StormRun storm, DemoServers servers, FiguresServer figures) {
        try (figures) {
            if (storm != null) {
                storm.close();
            }
        } finally {
            if (servers != null) {
                servers.close();
            }
        }
    }

    private static StormRun await(CompletableFuture<StormRun> starting) {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Failure failure ? failure : e;
        }
    }

    private static StormRun startStorm(DataDirectory directory, Ports ports, StartProgress progress) {
        try {
            StormRun storm = StormRun.start(directory, ports);
            progress.up(StormRun.STORM);
            return storm;
        } catch (Failure e) {
            progress.failed(e);
            throw e;
        } catch (IOException | RuntimeException e) {
            Failure failure = Failure.unreachable(e.getMessage(), e);
            progress.failed(failure);
            throw failure;
        }
    }

    DemoServers servers() {
        return servers;
    }

    /** Address of Storm's ZooKeeper. */
    String zooKeeperAddress() {
        return storm.zooKeeperAddress();
    }

    /** Where the topology's worker has its figures: {@code 127.0.0.1:port}. */
    String figuresAddress() throws IOException {
        return "127.0.0.1:" + figures.address().getPort();
    }

    OfferstormConfig config() {
        return config;
    }

    /** Ends the topology after it has finished its files, if that does not take long; then the servers. */
    @Override
    public void close() {
        try {
            drain();
        } catch (IOException | RuntimeException e) {
            log.warn("the stream was not drained; what is in flight comes again at the next start", e);
        } finally {
            closeAll(storm, servers, figures);
        }
    }

    /** Nothing new comes, what is in flight becomes durable, and the writers finish their files. */
    private void drain() throws IOException {
        try (OpenFiles files = new OpenFiles(config.of(Hdfs.KIND))) {
            Set<String> before = files.list();
            storm.deactivate();
            long deadline = System.nanoTime() + DRAIN.toNanos();
            while (System.nanoTime() < deadline && !Collections.disjoint(files.list(), before)) {
                Thread.sleep(POLL.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static OfferstormConfig config(DemoServers servers, List<String> sinks) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "source.bootstrap-servers", servers.kafka().bootstrapServers(),
                "redis.uri", servers.redis().uri(),
                "solr.url", servers.solr().url(),
                "hdfs.uri", servers.hdfs().uri(),
                "hdfs.properties.dfs.blocksize", HDFS_BLOCK));
        servers.postgres().ifPresent(postgres -> settings.put("postgres.url", postgres.uri()));
        if (!sinks.isEmpty()) {
            settings.put("sinks", String.join(",", sinks));
        }
        return ConfigLoader.load(null, settings);
    }

    private static void makeTopics(OfferstormConfig config, int partitions, Duration patience) throws IOException {
        SourceConfig source = config.source();
        try (KafkaTopics topics = new KafkaTopics(source.bootstrapServers(), source.properties(), patience)) {
            int wanted = partitions == ANY_PARTITIONS ? DEFAULT_PARTITIONS : partitions;
            KafkaTopics.Outcome offers = topics.offers(source.topic(), wanted);
            boolean onlyPartitions = partitions == ANY_PARTITIONS
                    && offers.differences().stream().allMatch(d -> d.setting().equals(KafkaTopics.PARTITIONS));
            if (!onlyPartitions) {
                require(offers);
            }
            require(topics.deadLetters(config.deadLetters().topic(), source.topic()));
        }
    }

    private static void require(KafkaTopics.Outcome outcome) {
        List<KafkaTopics.Difference> differences = outcome.differences();
        if (!differences.isEmpty()) {
            throw Failure.usage(outcome.describe() + "\n--fresh starts from scratch, with a new topic");
        }
    }
}
