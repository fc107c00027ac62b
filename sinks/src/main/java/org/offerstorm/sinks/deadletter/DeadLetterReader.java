package org.offerstorm.sinks.deadletter;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.offerstorm.core.config.DeadLetterConfig;
import org.offerstorm.sinks.kafka.ReaderProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the dead letters that are in the topic now. For commands and tests; it opens a consumer for each call.
 */
public final class DeadLetterReader {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterReader.class);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Of a Kafka that has answered once; on a busy machine it takes long. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final String bootstrapServers;
    private final DeadLetterConfig config;

    public DeadLetterReader(String bootstrapServers, DeadLetterConfig config) {
        this.bootstrapServers = bootstrapServers;
        this.config = config;
    }

    /**
     * Number of source records that have a dead letter.
     *
     * @throws IOException if the topic cannot be read within some seconds
     */
    public int count() throws IOException {
        return list().size();
    }

    /**
     * All dead letters, the latest of each source record, in the order of the topic; none that was dropped or replayed.
     * Holds them in memory.
     *
     * @throws IOException if the topic cannot be read within some seconds
     */
    public List<StoredLetter> list() throws IOException {
        List<StoredLetter> letters = new ArrayList<>();
        forEach(entry -> {
            if (entry instanceof StoredLetter letter) {
                letters.add(letter);
            }
        });
        return letters;
    }

    /**
     * Hands over of each source record the mark if it is settled, else its newest letter, in the order of the topic. Reads
     * the topic twice, as far as it went at the beginning; holds some 50 bytes a letter.
     *
     * @throws IOException if the topic cannot be read within some seconds
     */
    public void forEach(Consumer<LetterEntry> entries) throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (PartitionInfo partition : partitions(consumer)) {
                partitions.add(new TopicPartition(partition.topic(), partition.partition()));
            }
            if (partitions.isEmpty()) {
                throw new UnknownTopicOrPartitionException("no such topic");
            }
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            LetterIndex index = new LetterIndex();
            read(consumer, ends, record -> {
                if (record.key() != null) {
                    index.put(record.key(), record.partition(), record.offset());
                }
            });
            long[] foreign = new long[1];
            read(consumer, ends, record -> {
                Optional<LetterEntry> entry = LetterFormat.read(record);
                if (record.key() == null || (entry.isEmpty() && record.value() != null)) {
                    foreign[0]++;
                } else if (entry.isPresent()
                        && index.isNewest(record.key(), record.partition(), record.offset())
                        && !(entry.get() instanceof StoredLetter letter && index.has(LetterFormat.markKey(letter)))) {
                    entries.accept(entry.get());
                }
            });
            if (foreign[0] > 0) {
                LOG.warn("{} records of topic {} are no dead letters and were skipped", foreign[0], config.topic());
            }
        } catch (KafkaException | IllegalArgumentException e) {
            throw new IOException(
                    "cannot read the dead letters in topic " + config.topic() + " at " + bootstrapServers + ": "
                            + e.getMessage() + "; see whether Kafka is up and the topic exists (setup creates it)",
                    e);
        }
    }

    /** The letter or mark that a record of the topic is; empty if it is neither. */
    public static Optional<LetterEntry> entry(ConsumerRecord<byte[], byte[]> record) {
        return LetterFormat.read(record);
    }

    private List<PartitionInfo> partitions(KafkaConsumer<?, ?> consumer) throws IOException {
        try {
            return consumer.partitionsFor(config.topic(), CONNECT);
        } catch (TimeoutException e) {
            throw new IOException(
                    "cannot read the dead letters in topic " + config.topic() + ": Kafka at " + bootstrapServers
                            + " did not answer within " + CONNECT.toSeconds()
                            + " s; start it, or correct source.bootstrap-servers",
                    e);
        }
    }

    /** All records below {@code ends}. */
    private void read(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            Consumer<ConsumerRecord<byte[], byte[]>> records)
            throws IOException {
        consumer.seekToBeginning(ends.keySet());
        long moved = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            boolean some = false;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                some = true;
                if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                    records.accept(record);
                }
            }
            if (some) {
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > SILENCE.toNanos()) {
                throw new IOException("topic " + config.topic() + " at " + bootstrapServers + " sent nothing for "
                        + SILENCE.toSeconds() + " s; see whether Kafka is up");
            }
        }
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties =
                ReaderProperties.of(config.properties(), bootstrapServers, "read_committed", SILENCE);
        // Retention may take the oldest letters while they are read.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return properties;
    }
}
