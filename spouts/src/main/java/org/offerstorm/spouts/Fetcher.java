package org.offerstorm.spouts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        moved.forEach((partition, next) -> append(partition.partition(), polled.records(partition), next));
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
                throw HoldException.untilRestart(entry.getKey() + " ends at offset " + log.end()
                        + ", but was read up to " + position + ": Kafka lost records; " + StartRule.REMEDY);
            }
            if (position < log.start()) {
                if (!gaps.report(source, partition, position, log.start())) {
                    return false;
                }
                metrics.gaps.inc();
                slot.passGap(partition, log.start());
            }
            session.seek(Map.of(partition, slot.positions().get(partition)));
        }
        return true;
    }

    private void append(int partition, List<ConsumerRecord<byte[], byte[]>> polled, OffsetAndMetadata next) {
        List<SourceRecord> records = new ArrayList<>(polled.size());
        Optional<Integer> epoch = Optional.empty();
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            if (!record.leaderEpoch().equals(epoch)) {
                epoch = record.leaderEpoch();
                epoch.ifPresent(begun -> slot.epochBegins(partition, record.offset(), begun));
            }
            records.add(new SourceRecord(
                    new SourcePosition(record.partition(), record.offset(), record.timestamp()),
                    record.key(),
                    record.value()));
        }
        if (!next.leaderEpoch().equals(epoch)) { // of markers behind the last record
            next.leaderEpoch().ifPresent(begun -> slot.epochBegins(partition, next.offset() - 1, begun));
        }
        slot.append(partition, records, next.offset());
    }
}
