package org.offerstorm.sinks.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.sinks.contract.ChunkBuilder;
import org.offerstorm.sinks.redis.RedisSink;
import org.offerstorm.sinks.redis.RedisUnderTest;

/** The broker, which is the transactions' coordinator too, is killed on both sides of a commit. */
final class ChangesBrokerKillTest {
    @RegisterExtension
    static final RedisUnderTest REDIS = new RedisUnderTest();

    private static final String GROUP = "g";

    @TempDir
    Path directory;

    private final ChunkBuilder log = new ChunkBuilder(new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 1, 1));

    @Test
    void a_broker_killed_before_and_after_a_commit_has_each_change_once() throws Exception {
        AtomicReference<String> killAt = new AtomicReference<>("");
        try (KafkaInAnotherProcess kafka = new KafkaInAnotherProcess(directory);
                Sink redis = new RedisSink(REDIS.config(), InstantSource.system())) {
            ChangesConfig config = new ChangesConfig("changes", kafka.servers(), Map.of(), Duration.ofSeconds(5));
            new ChangesSetup(config, kafka.servers()).make();
            InterceptedProducer.Calls calls = new InterceptedProducer.Calls() {
                @Override
                public void before(String method, Producer<byte[], byte[]> producer) throws Exception {
                    if (method.equals("commitTransaction") && killAt.compareAndSet("before", "")) {
                        producer.flush();
                        kafka.kill();
                    }
                }

                @Override
                public void after(String method, Producer<byte[], byte[]> producer) throws Exception {
                    if (method.equals("commitTransaction") && killAt.compareAndSet("after", "")) {
                        kafka.kill();
                        throw new org.apache.kafka.common.errors.TimeoutException("killed");
                    }
                }
            };
            try (Sink changes = new ChangesSink(
                    config,
                    kafka.servers(),
                    REDIS.config(),
                    GROUP,
                    InstantSource.system(),
                    new ChangesTopic(config, kafka.servers(), GROUP, InterceptedProducer.with(calls)))) {
                for (String at : List.of("", "before", "after")) {
                    Chunk<Change> chunk = log.upsert("a" + at, Cell.of("Tech", Continent.EU))
                            .upsert("b" + at, Cell.of("Retail", Continent.AS))
                            .cut();
                    ChangesFixture.publish(redis, chunk);
                    killAt.set(at);
                    if (!at.isEmpty()) {
                        ChangesFixture.refused(changes, chunk);
                        kafka.start();
                    }
                    ChangesFixture.publish(changes, chunk);
                }
            }
            Map<String, Long> sums = new HashMap<>();
            int[] records = new int[1];
            new ChangesReader(config, kafka.servers()).forEach(record -> {
                ChangeRecord change = ChangeRecord.parse(record.value());
                assertThat(change.seq()).isEqualTo(++records[0]);
                assertThat(sums.merge(change.cell().key(), change.delta(), Long::sum))
                        .isEqualTo(change.count());
            });
            assertThat(sums).isEqualTo(REDIS.counts()).isEqualTo(Map.of("Tech|EU", 3L, "Retail|AS", 3L));
            assertThat(records).containsExactly(6);
        }
    }
}
