package org.offerstorm.tools.verify;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.sinks.kafka.ReaderProperties;

/**
 * Reads the topic as the stream must have read it: committed records, in the order of each partition. For commands; one
 * thread.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    /** How long Kafka may take for an answer, unless the user says otherwise. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SourceConfig source;
    private final Duration patience;
    private final List<TopicPartition> partitions;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** Takes records. */
    @FunctionalInterface
    public interface Records {
        void accept(ConsumerRecord<byte[], byte[]> record);
    }

    /**
     * Does not connect yet.
     *
     * @param partitions number of the topic's partitions
     * @throws IOException if the address or a property is wrong
     */
    public TopicReader(SourceConfig source, int partitions) throws IOException {
        this(source, partitions, PATIENCE);
    }

    /**
     * As {@link #TopicReader(SourceConfig, int)}.
     *
     * @param patience how long Kafka may take for an answer
     */
    TopicReader(SourceConfig source, int partitions, Duration patience) throws IOException {
        this.source = source;
        this.patience = patience;
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(source.topic(), partition))
                .toList();
        try {
            consumer = new KafkaConsumer<>(properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException | IllegalArgumentException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
        consumer.assign(this.partitions);
    }

    /** First offsets of the log, by partition. */
    public SortedMap<Integer, Long> begins() throws IOException {
        try {
            return byPartition(consumer.beginningOffsets(partitions));
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    /** Offsets behind the last committed record, by partition. */
    public SortedMap<Integer, Long> ends() throws IOException {
        try {
            return byPartition(consumer.endOffsets(partitions));
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    /**
     * Hands over every record from {@code from} up to {@code ends}, those excluded.
     *
     * @throws IOException if Kafka sends nothing for some seconds
     */
    public void read(Map<Integer, Long> from, Map<Integer, Long> ends, Records records) throws IOException {
        try {
            consumer.resume(consumer.paused());
            for (TopicPartition partition : partitions) {
                consumer.seek(partition, from.get(partition.partition()));
            }
            Collection<TopicPartition> left = partitions;
            long heard = System.nanoTime();
            while (true) {
                left = left.stream()
                        .filter(partition -> consumer.position(partition) < ends.get(partition.partition()))
                        .toList();
                if (left.isEmpty()) {
                    return;
                }
                var polled = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : polled) {
                    if (record.offset() < ends.get(record.partition())) {
                        records.accept(record);
                    }
                }
                if (!polled.isEmpty()) {
                    heard = System.nanoTime();
                } else if (System.nanoTime() - heard > patience.toNanos()) {
                    throw new IOException("topic " + source.topic() + " at " + source.bootstrapServers()
                            + " sent nothing for " + patience.toSeconds() + " s; see whether Kafka is up");
                }
            }
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    /**
     * One record; null if there is none at the offset any more.
     *
     * @throws IOException if Kafka does not send it within some seconds
     */
    public ConsumerRecord<byte[], byte[]> read(int partition, long offset) throws IOException {
        TopicPartition at = new TopicPartition(source.topic(), partition);
        try {
            consumer.pause(partitions);
            consumer.resume(List.of(at));
            consumer.seek(at, offset);
            long begun = System.nanoTime();
            while (consumer.position(at) <= offset && System.nanoTime() - begun < patience.toNanos()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(at)) {
                    if (record.offset() == offset) {
                        return record;
                    }
                }
            }
            return null;
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }

    private static SortedMap<Integer, Long> byPartition(Map<TopicPartition, Long> offsets) {
        SortedMap<Integer, Long> sorted = new TreeMap<>();
        offsets.forEach((partition, offset) -> sorted.put(partition.partition(), offset));
        return sorted;
    }

    private IOException failure(Throwable e) {
        return new IOException(
                "topic " + source.topic() + " at " + source.bootstrapServers() + " cannot be read: " + e.getMessage()
                        + "; see whether Kafka is up and the topic may be read",
                e);
    }

    private Map<String, Object> properties() {
        return ReaderProperties.of(source.properties(), source.bootstrapServers(), "read_committed", patience);
    }
}
