package org.offerstorm.sinks.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.offerstorm.local.servers.testing.KafkaFixture;

/** What a consumer of committed records finds in the topic, checked record by record. */
final class PublishedChanges {
    /** In the order of the topic. */
    final List<ChangeRecord> records = new ArrayList<>();
    /** Of each transaction, oldest first. */
    final List<ChangePosition> positions = new ArrayList<>();

    private PublishedChanges() {}

    static PublishedChanges read(KafkaFixture kafka, String topic) {
        kafka.settle(topic, 1);
        PublishedChanges published = new PublishedChanges();
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", kafka.servers(),
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "none"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            consumer.seekToBeginning(List.of(partition));
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(published::add);
            }
        }
        return published;
    }

    /** Sums of {@code by}; the records' own counts and numbers must agree with them at every moment. */
    Map<String, Long> sums() {
        Map<String, Long> sums = new TreeMap<>();
        for (int i = 0; i < records.size(); i++) {
            ChangeRecord record = records.get(i);
            assertThat(record.seq()).isEqualTo(i + 1);
            long sum = sums.merge(
                    record.cell().key(),
                    record.action() == ChangeRecord.Action.INCREMENT ? record.by() : -record.by(),
                    Long::sum);
            assertThat(record.count()).as("count of " + record).isEqualTo(sum);
        }
        sums.values().removeIf(sum -> sum == 0);
        return sums;
    }

    /** The newest count of each key. */
    Map<String, Long> newest() {
        Map<String, Long> newest = new HashMap<>();
        records.forEach(record -> newest.put(record.cell().key(), record.count()));
        newest.values().removeIf(count -> count == 0);
        return newest;
    }

    /** Both tables, which must be one. */
    Map<String, Long> table() {
        Map<String, Long> sums = sums();
        assertThat(newest()).isEqualTo(sums);
        return sums;
    }

    ChangePosition position() {
        return positions.get(positions.size() - 1);
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        assertThat(header(record, ChangeRecord.VERSION_HEADER)).contains("1");
        ChangeRecord change = ChangeRecord.parse(record.value());
        assertThat(record.key()).isEqualTo(change.cell().key().getBytes(StandardCharsets.UTF_8));
        records.add(change);
        header(record, ChangeRecord.POSITION_HEADER)
                .ifPresent(text -> positions.add(ChangePosition.parse(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? Optional.empty() : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }
}
