package org.offerstorm.local.neighbours;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.ChunkParser;
import org.offerstorm.core.parse.ParsedChunk;

/**
 * The plain loop on one core: polls its partitions from their beginning, cuts chunks, parses and classifies them, and hands
 * them to the sinks. Nothing changes threads before that. One thread.
 */
final class LoopReader {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Workload work;
    private final int slot;
    private final ChunkParser parser;
    private final Handover handover;

    /** @param slot whose partitions it reads */
    LoopReader(Workload work, int slot) {
        this.work = work;
        this.slot = slot;
        this.parser = new ChunkParser(work.parser());
        this.handover = work.handover();
    }

    /** Without an end. */
    void run() throws InterruptedException {
        try (SentLetters letters = work.letters();
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        work.consumerProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (true) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (TopicPartition partition : records.partitions()) {
                    List<ConsumerRecord<byte[], byte[]>> its = records.records(partition);
                    for (int from = 0; from < its.size(); from += Workload.CHUNK) {
                        int to = Math.min(its.size(), from + Workload.CHUNK);
                        ParsedChunk parsed = parser.parse(chunk(partition.partition(), its.subList(from, to)));
                        handover.hand(work.placement().place(parsed.changes()));
                        letters.send(parsed.letters());
                    }
                }
                letters.send(List.of());
            }
        }
    }

    private List<TopicPartition> partitions() {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = slot; partition < work.source().partitions(); partition += work.threads()) {
            partitions.add(new TopicPartition(work.source().topic(), partition));
        }
        return partitions;
    }

    private Chunk<SourceRecord> chunk(int partition, List<ConsumerRecord<byte[], byte[]>> records) {
        List<SourceRecord> items = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> each : records) {
            items.add(new SourceRecord(
                    new SourcePosition(partition, each.offset(), each.timestamp()), each.key(), each.value()));
        }
        long first = records.get(0).offset();
        long next = records.get(records.size() - 1).offset() + 1;
        OffsetRange range = new OffsetRange(partition, first, next, first == 0);
        return new Chunk<>(
                new ChunkHeader(work.source(), slot, work.threads(), List.of(range), List.of(), false), items);
    }
}
