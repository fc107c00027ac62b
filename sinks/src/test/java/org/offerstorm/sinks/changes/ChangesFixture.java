package org.offerstorm.sinks.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.core.sink.WriteResult.Retryable;
import org.offerstorm.local.servers.testing.KafkaFixture;
import org.offerstorm.sinks.contract.ChunkBuilder;
import org.offerstorm.sinks.redis.RedisSink;
import org.offerstorm.sinks.redis.RedisUnderTest;

/** An empty Redis, an empty topic, a sink that counts, and publishers. */
abstract class ChangesFixture {
    @RegisterExtension
    static final RedisUnderTest REDIS = new RedisUnderTest();

    static final Source SOURCE = new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 1, 2);
    static final Cell TECH = Cell.of("Tech", Continent.EU);
    static final Cell RETAIL = Cell.of("Retail", Continent.AS);
    static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path directory;

    static KafkaFixture kafka;

    private static final AtomicInteger TOPICS = new AtomicInteger();

    final ChunkBuilder log = new ChunkBuilder(SOURCE);
    final List<Sink> opened = new ArrayList<>();
    ChangesConfig config;
    Sink redis;

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
        new ChangesSetup(config, kafka.servers()).make();
        redis = new RedisSink(REDIS.config(), InstantSource.system());
        opened.add(redis);
    }

    @AfterEach
    void closeSinks() {
        opened.forEach(Sink::close);
    }

    ChangesSink publisher() {
        return publisher(new ChangesTopic(config, kafka.servers(), group()));
    }

    ChangesSink publisher(InterceptedProducer.Calls calls) {
        return publisher(new ChangesTopic(config, kafka.servers(), group(), InterceptedProducer.with(calls)));
    }

    private ChangesSink publisher(ChangesTopic topic) {
        ChangesSink sink =
                new ChangesSink(config, kafka.servers(), REDIS.config(), group(), InstantSource.system(), topic);
        opened.add(sink);
        return sink;
    }

    String group() {
        return "group-of-" + config.topic();
    }

    /** Redis counts the chunks, and no publisher hears of it. */
    void count(List<Chunk<Change>> chunks) throws InterruptedException {
        for (Chunk<Change> chunk : chunks) {
            publish(redis, chunk);
        }
    }

    void count(Chunk<Change> chunk) throws InterruptedException {
        count(List.of(chunk));
    }

    /** Offers the chunk as the bolt does, until it is taken; returns what was said until then. */
    @SuppressWarnings("ThreadSleep")
    static List<String> publish(Sink sink, Chunk<Change> chunk) throws InterruptedException {
        List<String> problems = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (sink.write(chunk) instanceof Retryable retryable) {
            assertThat(retryable.message()).doesNotContain("\n");
            problems.add(retryable.message());
            if (System.nanoTime() > deadline) {
                fail(retryable.message(), retryable.cause());
            }
            Thread.sleep(50);
        }
        return problems;
    }

    /** Counted, then published. */
    void write(Sink publisher, Chunk<Change> chunk) throws InterruptedException {
        count(chunk);
        publish(publisher, chunk);
    }

    static String refused(Sink publisher, Chunk<Change> chunk) {
        WriteResult result = publisher.write(chunk);
        assertThat(result).isInstanceOf(Retryable.class);
        assertThat(((Retryable) result).message()).doesNotContain("\n");
        return ((Retryable) result).message();
    }

    PublishedChanges published() {
        return PublishedChanges.read(kafka, config.topic());
    }

    /** The topic's sums, its newest counts, and Redis' table are one. */
    PublishedChanges isRedisTable() throws IOException {
        PublishedChanges published = published();
        assertThat(published.table()).isEqualTo(REDIS.counts());
        return published;
    }
}
