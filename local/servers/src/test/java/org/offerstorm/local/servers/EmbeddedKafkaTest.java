package org.offerstorm.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {
    private static final TopicPartition PARTITION = new TopicPartition("offers", 0);

    @TempDir
    Path directory;

    @Test
    void keeps_records_and_committed_offsets_over_a_restart_on_other_ports() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0)) {
            fill(kafka.bootstrapServers());
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0)) {
            check(kafka.bootstrapServers());
        }
    }

    @Test
    void keeps_records_and_committed_offsets_over_a_kill_of_the_process() throws Exception {
        Process process = new ProcessBuilder(JavaCommand.of(
                        List.of("-Xmx300m"), FilledBroker.class.getName(), List.of(directory.toString())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = process.inputReader()) {
            assertThat(out.lines().anyMatch("filled"::equals)).isTrue();
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0)) {
            check(kafka.bootstrapServers());
        }
    }

    @Test
    void makes_no_topic_by_itself() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0);
                Admin admin = admin(kafka.bootstrapServers())) {
            assertThatThrownBy(() -> admin.describeTopics(List.of("nowhere"))
                            .allTopicNames()
                            .get())
                    .hasRootCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void tells_when_the_port_or_the_directory_is_taken(@TempDir Path other) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0)) {
            assertThatThrownBy(() -> EmbeddedKafka.start(other, kafka.port()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("127.0.0.1:" + kafka.port());
            assertThatThrownBy(() -> EmbeddedKafka.start(directory, 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(directory.toString());
        }
    }

    /** Runs in a separate process, which the test kills. */
    static final class FilledBroker {
        public static void main(String[] args) throws Exception {
            EmbeddedKafka kafka = EmbeddedKafka.start(new File(args[0]).toPath(), 0);
            fill(kafka.bootstrapServers());
            System.out.println("filled");
            Thread.sleep(60_000);
        }
    }

    private static void fill(String servers) throws Exception {
        try (Admin admin = admin(servers);
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", servers), new ByteArraySerializer(), new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic("offers", 2, (short) 1)))
                    .all()
                    .get();
            for (int i = 0; i < 10; i++) {
                producer.send(new ProducerRecord<>("offers", 0, new byte[] {1}, new byte[] {2}))
                        .get();
            }
            admin.alterConsumerGroupOffsets("g", Map.of(PARTITION, new OffsetAndMetadata(7, "note")))
                    .all()
                    .get();
        }
    }

    private static void check(String servers) throws Exception {
        try (Admin admin = admin(servers)) {
            assertThat(admin.listTopics().names().get()).isEqualTo(Set.of("offers"));
            assertThat(admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest()))
                            .partitionResult(PARTITION)
                            .get()
                            .offset())
                    .isEqualTo(10);
            assertThat(admin.listConsumerGroupOffsets("g")
                            .partitionsToOffsetAndMetadata()
                            .get())
                    .containsEntry(PARTITION, new OffsetAndMetadata(7, "note"));
        }
    }

    private static Admin admin(String servers) {
        return Admin.create(Map.of("bootstrap.servers", servers));
    }
}
