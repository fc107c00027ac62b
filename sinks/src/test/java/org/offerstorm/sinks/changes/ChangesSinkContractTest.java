package org.offerstorm.sinks.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.local.servers.testing.KafkaFixture;
import org.offerstorm.sinks.contract.SinkContract;
import org.offerstorm.sinks.redis.RedisSinkFactory;
import org.offerstorm.sinks.redis.RedisUnderTest;

final class ChangesSinkContractTest extends SinkContract {
    @RegisterExtension
    static final RedisUnderTest REDIS = new RedisUnderTest();

    @TempDir
    static Path directory;

    private static final AtomicInteger TOPICS = new AtomicInteger();

    private static KafkaFixture kafka;

    private ChangesConfig config;

    @BeforeAll
    static void start() throws Exception {
        kafka = new KafkaFixture(directory);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @BeforeEach
    void newTopic() throws Exception {
        config = new ChangesConfig(
                "changes-" + TOPICS.incrementAndGet(), kafka.servers(), Map.of(), Duration.ofSeconds(5));
        assertThat(new ChangesSetup(config, kafka.servers()).make()).isTrue();
    }

    @Override
    protected Sink open(SinkContext context) {
        return new RedisThenChanges(
                new RedisSinkFactory(REDIS.config()).create(context),
                new ChangesSinkFactory(config, kafka.servers(), REDIS.config()).create(context));
    }

    @Override
    protected Map<String, Long> counts() throws IOException {
        Map<String, Long> table = PublishedChanges.read(kafka, config.topic()).table();
        assertThat(table).isEqualTo(REDIS.counts());
        return table;
    }

    @Override
    protected boolean isFilledAgainByTheSpout() {
        return true;
    }
}
