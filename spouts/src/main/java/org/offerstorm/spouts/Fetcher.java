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
     * @throws HoldException if the log lost records that were read before the slot was taken back
     */
    boolean poll(KafkaSession session, Duration timeout) throws HoldException {
        ConsumerRecords<byte[], byte[]> polled = session.poll(timeout);
        // Every partition whose position moved, also one that moved over transaction markers alone.
        Map<TopicPartition, OffsetAndMetadata> moved = polled.nextOffsets();
        for (Map.Entry<TopicPartition, OffsetAndMetadata> entry : moved.entrySet()) {
            append(session, entry.getKey().partition(), polled.records(entry.getKey()), entry.getValue());
        }
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

    private void append(
            KafkaSession session, int partition, List<ConsumerRecord<byte[], byte[]>> polled, OffsetAndMetadata next)
            throws HoldException {
        List<SourceRecord> records = new ArrayList<>(polled.size());
        Optional<Integer> epoch = Optional.empty();
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            if (!record.leaderEpoch().equals(epoch)) {
                epoch = record.leaderEpoch();
                epochBegins(session, partition, record.offset(), epoch);
            }
            records.add(new SourceRecord(
                    new SourcePosition(record.partition(), record.offset(), record.timestamp()),
                    record.key(),
                    record.value()));
        }
        if (!next.leaderEpoch().equals(epoch)) { // of markers behind the last record
            epochBegins(session, partition, next.offset() - 1, next.leaderEpoch());
        }
        slot.append(partition, records, next.offset());
    }

    /** A record below what was read once cannot be of a later epoch than what was read last: then it is another one. */
    private void epochBegins(KafkaSession session, int partition, long offset, Optional<Integer> epoch)
            throws HoldException {
        if (epoch.isEmpty()) {
            return;
        }
        LogPosition read = slot.furthest(partition);
        if (offset < read.offset() && epoch.get() > read.leaderEpoch().orElse(Integer.MAX_VALUE)) {
            throw session.cut(partition, read.offset(), offset);
        }
        slot.epochBegins(partition, offset, epoch.get());
    }
}
