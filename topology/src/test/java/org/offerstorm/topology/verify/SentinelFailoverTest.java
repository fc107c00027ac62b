package org.offerstorm.topology.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.bolts.testing.TopologyDriver;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.local.servers.EmbeddedKafka;
import org.offerstorm.local.servers.testing.SentinelRedis;
import org.offerstorm.tools.config.ConfigLoader;
import org.offerstorm.tools.mapping.DataSets;
import org.offerstorm.tools.setup.KafkaTopics;
import org.offerstorm.tools.setup.Lag;
import org.offerstorm.topology.cli.TopologyCommands;
import org.offerstorm.topology.wiring.OffersTopology;
import picocli.CommandLine;
import redis.clients.jedis.Jedis;

/**
 * The whole topology over a real Kafka and a real Redis with a replica and Sentinels: the master is killed while the replica
 * lacks what was acknowledged, and committed.
 */
class SentinelFailoverTest {
    private static final int PARTITIONS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path temp;

    private EmbeddedKafka kafka;
    private SentinelRedis redis;
    private Producer<byte[], byte[]> producer;
    private final long[] ends = new long[PARTITIONS];

    @BeforeEach
    void start() throws Exception {
        kafka = EmbeddedKafka.start(temp.resolve("kafka"), 0);
        redis = SentinelRedis.start(temp);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try (KafkaTopics topics = new KafkaTopics(kafka.bootstrapServers(), Map.of())) {
            topics.offers("offers", PARTITIONS);
            topics.deadLetters("offers.dlq", "offers");
        }
    }

    @AfterEach
    void stop() throws Exception {
        try (EmbeddedKafka broker = kafka;
                SentinelRedis servers = redis;
                Producer<byte[], byte[]> sender = producer) {
            sender.close(Duration.ZERO);
        }
    }

    @Test
    void a_promoted_replica_that_lacks_committed_records_is_brought_forward_from_the_topic() throws Exception {
        OfferstormConfig config = ConfigLoader.load(null, settings());
        try (TopologyDriver driver = TopologyDriver.start(
                        OffersTopology.build(config, DataSets.of(config)),
                        new HashMap<>(OffersTopology.stormConfig(config)));
                Lag lag = new Lag(config.source())) {
            send(0, 200, "first");
            run(driver, () -> lag.offsets() == 0);
            redis.awaitReplica(redis.second());
            redis.cutOff(redis.second(), redis.first());
            send(100, 300, "second");
            run(driver, () -> lag.offsets() == 0); // committed: nobody but Redis would count these again

            redis.first().kill();
            redis.second().resume();
            redis.awaitMaster(redis.second());
            try (Jedis promoted = redis.second().jedis()) {
                assertThat(promoted.hgetAll("{sentinel}:coverage")).isNotEqualTo(all());
                send(300, 350, "third");
                run(driver, () -> promoted.hgetAll("{sentinel}:coverage").equals(all()));
            }
            driver.deactivate();
            run(driver, () -> driver.pending() == 0);
        }
        assertThat(verify()).endsWith("redis and dead letters agree");
    }

    private Map<String, String> settings() {
        return Map.of(
                "source.bootstrap-servers", kafka.bootstrapServers(),
                "source.topic", "offers",
                "source.group", "group-of-sentinel",
                "sinks", "redis",
                "dead-letters.topic", "offers.dlq",
                "redis.uri", redis.uri(),
                "redis.tag", "sentinel",
                "redis.expected-offers", "1000");
    }

    /** What the coverage is when all is counted. */
    private Map<String, String> all() {
        return Map.of("0", Long.toString(ends[0]), "1", Long.toString(ends[1]));
    }

    private void send(int from, int to, String name) throws Exception {
        for (int i = from; i < to; i++) {
            String offer = "{\"id\":\"o" + i + "\",\"name\":\"" + name + "\",\"profession_id\":" + (100 + i % 7)
                    + ",\"office_latitude\":" + (i % 60) + ",\"office_longitude\":2.35}";
            byte[] value = i % 10 == 3 && !name.equals("first") ? null : offer.getBytes(UTF_8);
            int partition = i % PARTITIONS;
            ends[partition] = 1
                    + producer.send(new ProducerRecord<>("offers", partition, ("o" + i).getBytes(UTF_8), value))
                            .get()
                            .offset();
        }
    }

    private static void run(TopologyDriver driver, Callable<Boolean> until) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!until.call()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not loaded in time: " + driver);
            }
            driver.run();
            driver.tick();
            Thread.sleep(50);
        }
    }

    private String verify() {
        List<String> arguments = new ArrayList<>(List.of("verify"));
        settings().forEach((key, value) -> arguments.addAll(List.of("-c", key + "=" + value)));
        StringWriter out = new StringWriter();
        CommandLine line =
                TopologyCommands.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(new StringWriter()));
        assertThat(line.execute(arguments.toArray(String[]::new)))
                .as(out.toString())
                .isZero();
        return out.toString().strip();
    }
}
