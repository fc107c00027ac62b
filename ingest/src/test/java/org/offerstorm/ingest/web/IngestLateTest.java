package org.offerstorm.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.IngestConfig;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.ingest.web.IngestFixture.Reply;
import org.offerstorm.local.servers.FreePorts;
import org.offerstorm.local.servers.KafkaListener;
import org.offerstorm.local.servers.proxy.TcpProxy;
import org.offerstorm.local.servers.testing.KafkaFixture;

/** Writes whose answers come late, or too late. */
class IngestLateTest {
    private static final String A = "{\"id\":\"a\",\"name\":\"Cook\"}";
    private static final String B = "{\"id\":\"b\",\"name\":\"Baker\"}";
    private static final String UNKNOWN = "may or may not have been written";

    @TempDir
    static Path directory;

    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static TcpProxy proxy;
    private static KafkaFixture kafka;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePorts.one();
        proxy = TcpProxy.open(0, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        kafka = new KafkaFixture(
                directory, new KafkaListener(port, proxy.port(), "127.0.0.1", "PLAINTEXT", Map.of(), Map.of()));
    }

    @AfterAll
    static void stop() {
        THREADS.shutdownNow();
        kafka.close();
        proxy.close();
    }

    private static SourceConfig behindProxy(SourceConfig open) {
        return new SourceConfig(
                "127.0.0.1:" + proxy.port(), open.topic(), open.group(), open.epoch(), open.properties());
    }

    @Test
    void a_request_with_a_key_whose_commit_is_not_answered_is_unknown_and_its_retry_finds_the_record()
            throws Exception {
        SourceConfig open = kafka.newTopic(1);
        try (IngestFixture ingest = new IngestFixture(behindProxy(open)).up()) {
            assertThat(ingest.post(A, "Idempotency-Key", "first").status()).isEqualTo(200);
            kafka.settle(open.topic(), 1);
            long before = committed(open);
            proxy.delay(Duration.ofSeconds(2));
            Future<Reply> late = THREADS.submit(() -> ingest.post(B, "Idempotency-Key", "late"));
            // The broker has committed, and its answer is still on its way.
            await().atMost(IngestFixture.PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> committed(open) > before);
            proxy.refuse();

            assertThat(late.get().status()).isEqualTo(503);
            assertThat(late.get().json().get("type").asText()).isEqualTo("/problems/kafka_unavailable");
            assertThat(late.get().json().get("detail").asText())
                    .contains(UNKNOWN, "send the request again with the same Idempotency-Key: it is written once");

            proxy.pass();
            Reply retry = await().atMost(IngestFixture.PATIENCE)
                    .until(() -> ingest.post(B, "Idempotency-Key", "late"), reply -> reply.status() == 200);
            assertThat(retry.http().headers().firstValue("Idempotency-Replayed"))
                    .hasValue("true");
            assertThat(ingest.records()).extracting(ConsumerRecord::key).containsExactly("a", "b");
            ConsumerRecord<String, String> record = ingest.records().get(1);
            assertThat(retry.item(0).get("partition").asInt()).isEqualTo(record.partition());
            assertThat(retry.item(0).get("offset").asLong()).isEqualTo(record.offset());
        } finally {
            proxy.pass();
        }
    }

    @Test
    void a_request_without_key_that_is_not_answered_is_unknown() throws Exception {
        SourceConfig open = kafka.newTopic(1);
        try (IngestFixture ingest = new IngestFixture(behindProxy(open)).up()) {
            assertThat(ingest.post(A).status()).isEqualTo(200);
            proxy.delay(Duration.ofMinutes(5));
            Reply late = ingest.post(B);

            assertThat(late.status()).isEqualTo(503);
            assertThat(late.json().get("detail").asText()).contains(UNKNOWN, "send the request again");
            assertThat(late.item(0).get("detail").asText()).contains(UNKNOWN);
            proxy.pass();
            assertThat(ingest.records())
                    .as("it was written")
                    .extracting(ConsumerRecord::key)
                    .contains("b");
        } finally {
            proxy.pass();
        }
    }

    @Test
    void requests_with_keys_that_wait_keep_no_request_without_key_from_being_stored() throws Exception {
        SourceConfig open = kafka.newTopic(1);
        IngestLimits one = new IngestLimits(10_000, 30_000, 60_000, 150_000, 100, 100_000, 1_000_000, 1, 1, 1);
        IngestConfig config = new IngestConfig(Map.of(), 0, IngestConfig.NO_HOSTS);
        proxy.blackHole();
        try (IngestFixture ingest = new IngestFixture(open, behindProxy(open), config, one).up()) {
            CompletionService<Reply> keyed = new ExecutorCompletionService<>(THREADS);
            keyed.submit(() -> ingest.post(A, "Idempotency-Key", "one"));
            keyed.submit(() -> ingest.post(A, "Idempotency-Key", "two"));
            Reply noRoom = keyed.take().get();
            assertThat(noRoom.json().get("type").asText()).isEqualTo("/problems/busy");

            assertThat(ingest.post(B).status()).isEqualTo(200);
            assertThat(keyed.poll()).as("the other one, which waits").isNull();
            assertThat(keyed.take().get().status()).isEqualTo(503);
            assertThat(ingest.records()).extracting(ConsumerRecord::key).containsExactly("b");
        } finally {
            proxy.pass();
        }
    }

    /** Where readers of committed records end. */
    private static long committed(SourceConfig source) throws Exception {
        TopicPartition partition = new TopicPartition(source.topic(), 0);
        return kafka.admin()
                .listOffsets(
                        Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .partitionResult(partition)
                .get()
                .offset();
    }
}
