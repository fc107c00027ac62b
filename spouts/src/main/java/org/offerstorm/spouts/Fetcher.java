package org.offerstorm.spouts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;

/** Polls records into the slot, and passes gaps: offsets that the log dropped before they were read. Poller thread. */
final class Fetcher {
    private final Slot slot;
    private final SourceIdentity identity;
    private final GapReporter gaps;
    private final SpoutMetrics metrics;

    Fetcher(Slot slot, SourceIdentity identity, GapReporter gaps, SpoutMetrics metrics) {
        this.slot = slot;
        this.identity = identity;
        this.gaps = gaps;
        this.metrics = metrics;
    }

    /**
     * Takes what one poll brings.
     *
     * @return whether the position of a partition moved
     * @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException if the log no longer holds a position
     */
    boolean poll(KafkaSession session, Duration timeout) {
        ConsumerRecords<byte[], byte[]> polled = session.poll(timeout);
        // Every partition whose position moved, also one that moved over transaction markers alone.
        Map<TopicPartition, OffsetAndMetadata> moved = polled.nextOffsets();
        moved.forEach((partition, next) ->
                slot.append(partition.partition(), records(polled.records(partition)), next.offset()));
        return !moved.isEmpty();
    }

    /**
     * Takes positions that the log no longer holds to its first offset; each gap is reported before.
     *
     * @return false if one cannot be reported now: the next poll fails at the same place
     * @throws HoldException if a position is beyond the log's end
     */
    boolean passGaps(KafkaSession session, Map<TopicPartition, Long> outOfRange) throws HoldException {
        Source source = slot.source().orElseThrow();
        Map<Integer, StartRule.LogBounds> bounds = session.bounds();
        for (Map.Entry<TopicPartition, Long> entry : outOfRange.entrySet()) {
            int partition = entry.getKey().partition();
            long position = entry.getValue();
            StartRule.LogBounds log = bounds.get(partition);
            if (position > log.end()) {
                identity.check(session.describe());
                throw HoldException.untilRestart(
                        entry.getKey() + " ends at offset " + log.end() + ", but was read up to " + position
                                + ": Kafka lost records; restore the topic, or create it again and raise source.epoch");
            }
            if (position < log.start()) {
                if (!gaps.report(source, partition, position, log.start())) {
                    return false;
                }
                metrics.gaps.inc();
                slot.append(partition, List.of(), log.start());
            }
            session.seek(Map.of(partition, Math.max(position, log.start())));
        }
        return true;
    }

    private static List<SourceRecord> records(List<ConsumerRecord<byte[], byte[]>> polled) {
        List<SourceRecord> records = new ArrayList<>(polled.size());
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            records.add(new SourceRecord(
                    new SourcePosition(record.partition(), record.offset(), record.timestamp()),
                    record.key(),
                    record.value()));
        }
        return records;
    }
}
