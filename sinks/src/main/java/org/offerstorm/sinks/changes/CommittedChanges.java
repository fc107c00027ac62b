package org.offerstorm.sinks.changes;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.sinks.kafka.ReaderProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads back what is committed in the topic: its end, and, if need be, all of it. For a publisher that has opened its writer,
 * so that nothing is added meanwhile. Used by one thread; after an exception only {@link #close} is left.
 */
final class CommittedChanges implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommittedChanges.class);
    private static final Duration POLL = Duration.ofMillis(50);
    /** Offsets that are looked at for the last record; markers of transactions, and what was aborted, have some too. */
    private static final int FIRST_LOOK = 50;
    /** Records of others at the end, after which there must be one of ours. */
    private static final int FOREIGN = 1_000;

    private final ChangesConfig config;
    private final String servers;
    private final TopicPartition partition;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private long begin;
    private long end;
    private boolean isAtTable;

    /**
     * The end of the topic.
     *
     * @param position of the last record that has one; empty if the topic has no record
     * @param seq of that record, 0 if there is none
     * @param newest counts of some cells: those of the records that were looked at
     * @param offset the next one
     */
    record Last(Optional<ChangePosition> position, long seq, Map<Cell, Long> newest, long offset) {}

    /**
     * Connects to nothing yet.
     *
     * @throws Secrets.Unresolved if a secret is missing
     * @throws org.apache.kafka.common.KafkaException if an address or a property is wrong
     */
    CommittedChanges(ChangesConfig config, String servers) {
        this.config = config;
        this.servers = servers;
        this.partition = new TopicPartition(config.topic(), 0);
        this.consumer = new KafkaConsumer<>(
                properties(config, servers), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Finds the last position.
     *
     * @param deadline {@link System#nanoTime} of the last call to Kafka
     * @throws TimeoutException if Kafka does not answer until then
     * @throws ChangesHeld if the topic is missing, or is not a topic of changes
     */
    Last last(long deadline) throws ChangesHeld {
        List<PartitionInfo> partitions = consumer.partitionsFor(config.topic(), left(deadline));
        if (partitions == null || partitions.isEmpty()) {
            throw new ChangesHeld(place() + " does not exist; create it (setup does)");
        }
        if (partitions.size() > 1) {
            throw new ChangesHeld(place() + " has " + partitions.size()
                    + " partitions, and its records would have no common order; name a topic with one partition in"
                    + " changes.topic (setup creates it)");
        }
        consumer.assign(List.of(partition));
        begin = consumer.beginningOffsets(List.of(partition), left(deadline)).get(partition);
        end = consumer.endOffsets(List.of(partition), left(deadline)).get(partition);
        for (long look = FIRST_LOOK; ; look *= 20) {
            long from = Math.max(begin, end - look);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            consumer.seek(partition, from);
            if (!read(records::add, deadline)) {
                throw new TimeoutException("its end was not read in time");
            }
            Optional<Last> last = last(records);
            if (last.isPresent()) {
                return last.get();
            }
            if (from == begin && records.isEmpty()) {
                return new Last(Optional.empty(), 0, Map.of(), end);
            }
            if (from == begin || records.size() >= FOREIGN) {
                throw new ChangesHeld(
                        place() + " has records, but its last ones are not of Offerstorm; name another topic in"
                                + " changes.topic, for changes alone");
            }
        }
    }

    /**
     * Reads the newest count of each cell, of the topic as it was at {@link #last}; a later call continues.
     *
     * @param deadline {@link System#nanoTime} at which it stops
     * @return whether it is complete
     */
    boolean readTable(Map<Cell, Long> table, long deadline) {
        if (!isAtTable) {
            consumer.seek(partition, begin);
            isAtTable = true;
        }
        return read(
                record -> {
                    if (record.headers().lastHeader(ChangeRecord.VERSION_HEADER) == null) {
                        return; // of another program; whoever reads the topic has to skip it too
                    }
                    try {
                        ChangeRecord change = ChangeRecord.parse(record.value());
                        table.put(change.cell(), change.count());
                    } catch (IllegalArgumentException e) {
                        LOG.warn("{} offset {} {}; it is skipped", place(), record.offset(), e.getMessage());
                    }
                },
                deadline);
    }

    /** How much of the topic {@link #readTable} has read, for messages. */
    String progress() {
        long all = Math.max(1, end - begin);
        return (consumer.position(partition) - begin) * 100 / all + " % of " + all + " records";
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }

    private Optional<Last> last(List<ConsumerRecord<byte[], byte[]>> records) throws ChangesHeld {
        Map<Cell, Long> newest = new HashMap<>();
        ChangePosition position = null;
        long seq = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Header version = record.headers().lastHeader(ChangeRecord.VERSION_HEADER);
            if (version == null) {
                continue;
            }
            String written = new String(version.value(), StandardCharsets.UTF_8);
            if (!written.equals(ChangeRecord.VERSION)) {
                throw new ChangesHeld(place() + " has records of version " + written
                        + " of the contract, this version writes " + ChangeRecord.VERSION
                        + "; use the version that wrote them, or name another changes.topic");
            }
            Header header = record.headers().lastHeader(ChangeRecord.POSITION_HEADER);
            try {
                ChangeRecord change = ChangeRecord.parse(record.value());
                newest.put(change.cell(), change.count());
                seq = Math.max(seq, change.seq());
                position = header == null ? position : ChangePosition.parse(header.value());
            } catch (IllegalArgumentException e) {
                throw new ChangesHeld(place() + " offset " + record.offset() + " is not a change: " + e.getMessage()
                        + "; name another topic in changes.topic");
            }
        }
        return position == null ? Optional.empty() : Optional.of(new Last(Optional.of(position), seq, newest, end));
    }

    /** Up to the end; false if there was no time for all. */
    private boolean read(Consumer<ConsumerRecord<byte[], byte[]>> records, long deadline) {
        while (consumer.position(partition, left(deadline)) < end) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < end) {
                    records.accept(record);
                }
            }
        }
        return true;
    }

    private String place() {
        return "topic " + config.topic() + " at " + servers;
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
    }

    private static Map<String, Object> properties(ChangesConfig config, String servers) {
        Duration patience = ChangesTopic.patience(config);
        Map<String, Object> properties = ReaderProperties.of(config.properties(), servers, "read_committed", patience);
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(patience.toMillis()));
        return properties;
    }
}
