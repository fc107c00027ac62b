package org.offerstorm.sinks.withdrawal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.offerstorm.core.config.SourceConfig;

/** Reads single records of a topic, by their offsets. One thread; after an exception only {@link #close()} is left. */
public final class RecordsAt implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    /** Records that are nearer than this are read past, not sought. */
    private static final long NEAR = 500;
    /** Small, because of what comes after a record most is not wanted. */
    private static final int FETCH_BYTES = 256 << 10;

    private final SourceConfig source;
    private final Duration patience;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /**
     * Connects to nothing yet.
     *
     * @param patience how long Kafka may take for an answer
     * @throws org.apache.kafka.common.KafkaException if an address or a property is wrong
     */
    public RecordsAt(SourceConfig source, Duration patience) {
        this.source = source;
        this.patience = patience;
        Map<String, Object> properties = TopicTail.properties(source, patience);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Hands over the records at these offsets, as far as the log holds them.
     *
     * @param offsets ascending, each below the log's end
     * @throws org.apache.kafka.common.KafkaException if Kafka sends nothing for the patience
     */
    public void read(int partition, long[] offsets, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        TopicPartition at = new TopicPartition(source.topic(), partition);
        consumer.assign(List.of(at));
        long begin = consumer.beginningOffsets(List.of(at)).get(at);
        long end = consumer.endOffsets(List.of(at)).get(at);
        int next = 0;
        while (next < offsets.length && offsets[next] < begin) {
            next++;
        }
        if (next < offsets.length) {
            consumer.seek(at, offsets[next]);
        }
        long heard = System.nanoTime();
        while (next < offsets.length && offsets[next] < end) {
            long before = consumer.position(at);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                while (next < offsets.length && offsets[next] < record.offset()) {
                    next++;
                }
                if (next < offsets.length && offsets[next] == record.offset()) {
                    records.accept(record);
                    next++;
                }
            }
            long position = consumer.position(at);
            if (position > before) {
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > patience.toNanos()) {
                throw new TimeoutException("topic " + source.topic() + " at " + source.bootstrapServers()
                        + " sent nothing for " + patience.toSeconds() + " s");
            }
            while (next < offsets.length && offsets[next] < position) {
                next++;
            }
            if (next < offsets.length && offsets[next] - position > NEAR) {
                consumer.seek(at, offsets[next]);
            }
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
