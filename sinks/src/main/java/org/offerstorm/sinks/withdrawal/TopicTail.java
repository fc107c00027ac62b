package org.offerstorm.sinks.withdrawal;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.sinks.kafka.ReaderProperties;

/**
 * Reads a topic's log from given offsets on, also records of transactions that are not committed, or never will be. Each
 * record is handed over once. One thread; after an exception only {@link #close()} is left.
 */
public final class TopicTail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final SourceConfig source;
    private final Duration patience;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /**
     * Connects to nothing yet.
     *
     * @param from where to begin, by partition; others are never read
     * @param patience how long Kafka may take for an answer
     * @throws org.apache.kafka.common.KafkaException if an address or a property is wrong
     */
    public TopicTail(SourceConfig source, Map<Integer, Long> from, Duration patience) {
        this.source = source;
        this.patience = patience;
        consumer = new KafkaConsumer<>(
                properties(source, patience), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Map<TopicPartition, Long> begins = new HashMap<>();
        from.forEach((partition, offset) -> begins.put(at(partition), offset));
        consumer.assign(begins.keySet());
        begins.forEach(consumer::seek);
        consumer.pause(begins.keySet());
    }

    /** Offsets after the last record, by partition. */
    public Map<Integer, Long> ends() {
        Map<Integer, Long> ends = new HashMap<>();
        consumer.endOffsets(consumer.assignment()).forEach((at, end) -> ends.put(at.partition(), end));
        return ends;
    }

    /**
     * Hands over every record below these offsets that it did not hand over before, and maybe some after them.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka sends nothing for the patience, or the log does not hold
     *     these offsets any more
     */
    public void readTo(Map<Integer, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        long heard = System.nanoTime();
        Set<TopicPartition> left = left(ends);
        while (!left.isEmpty()) {
            consumer.resume(left);
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            consumer.pause(consumer.assignment());
            polled.forEach(records);
            if (!polled.isEmpty()) {
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > patience.toNanos()) {
                throw new TimeoutException("topic " + source.topic() + " at " + source.bootstrapServers()
                        + " sent nothing for " + patience.toSeconds() + " s");
            }
            left = left(ends);
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }

    private Set<TopicPartition> left(Map<Integer, Long> ends) {
        Set<TopicPartition> left = new HashSet<>(consumer.assignment());
        left.removeIf(at -> consumer.position(at) >= ends.getOrDefault(at.partition(), 0L));
        return left;
    }

    private TopicPartition at(int partition) {
        return new TopicPartition(source.topic(), partition);
    }

    /** Those of a reader that belongs to no group; secrets are resolved. */
    static Map<String, Object> properties(SourceConfig source, Duration patience) {
        return ReaderProperties.of(source.properties(), source.bootstrapServers(), "read_uncommitted", patience);
    }
}
