package org.offerstorm.local.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.topology.OffersTopology;
import org.offerstorm.topology.cli.Failure;
import org.offerstorm.topology.config.ConfigLoader;
import org.offerstorm.topology.setup.KafkaTopics;
import org.offerstorm.topology.setup.Lag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers of one data directory, and the topology running on them. Started and closed by one thread. */
final class Pipeline implements AutoCloseable {
    /** Let the topic have as many partitions as it has, or some if it is new. */
    static final int ANY_PARTITIONS = 0;

    private static final int DEFAULT_PARTITIONS = 4;
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(Pipeline.class);

    private final Servers servers;
    private final OfferstormConfig config;
    private final StormRun storm;

    private Pipeline(Servers servers, OfferstormConfig config, StormRun storm) {
        this.servers = servers;
        this.config = config;
        this.storm = storm;
    }

    /**
     * Starts the servers, makes the topics, submits the topology.
     *
     * @param partitions of the topic; {@link #ANY_PARTITIONS} if it does not matter
     * @param progress told the name of each part that is up; called on any thread
     * @throws Failure if any part cannot be had; what was started is stopped again
     */
    static Pipeline start(
            DataDirectory directory, Ports ports, int partitions, Professions professions, Consumer<String> progress)
            throws IOException {
        Servers servers = Servers.start(directory, ports, progress);
        try {
            OfferstormConfig config = config(servers);
            makeTopics(config, partitions);
            StormRun storm = StormRun.submit(
                    servers.zooKeeper().port(),
                    config.topology().name(),
                    OffersTopology.stormConfig(config),
                    OffersTopology.build(config, professions));
            progress.accept("storm");
            return new Pipeline(servers, config, storm);
        } catch (IOException | RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    Servers servers() {
        return servers;
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
            try {
                storm.close();
            } finally {
                servers.close();
            }
        }
    }

    /** Nothing new comes, and what is in flight becomes durable. */
    private void drain() throws IOException {
        storm.deactivate();
        long deadline = System.nanoTime() + DRAIN.toNanos();
        try (Lag lag = new Lag(config.source())) {
            while (System.nanoTime() < deadline) {
                Thread.sleep(200);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static OfferstormConfig config(Servers servers) {
        return ConfigLoader.load(
                null,
                Map.of(
                        "source.bootstrap-servers", servers.kafka().bootstrapServers(),
                        "redis.uri", servers.redis().uri(),
                        "solr.url", servers.solr().url(),
                        "hdfs.uri", servers.hdfs().uri()));
    }

    private static void makeTopics(OfferstormConfig config, int partitions) throws IOException {
        SourceConfig source = config.source();
        try (KafkaTopics topics = new KafkaTopics(source.bootstrapServers(), source.properties())) {
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
            throw Failure.usage(outcome.describe() + "\n--fresh starts anew, with a new topic");
        }
    }
}
