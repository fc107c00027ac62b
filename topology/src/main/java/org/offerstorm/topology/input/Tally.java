package org.offerstorm.topology.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Counts what the brokers answer. Written by the producer's I/O thread and by the reading thread. */
final class Tally {
    private final Map<Integer, Long> highestOffsets = new TreeMap<>();
    private final List<Input.Skipped> skipped = new ArrayList<>();
    private long skippedCount;
    private long sent;
    private long deletions;
    private Exception failure;
    private long failedLine;
    private long answered;

    synchronized void answer(long line, boolean deletion, RecordMetadata metadata, Exception error) {
        answered++;
        notifyAll();
        if (error instanceof RecordTooLargeException) {
            skip(new Input.Skipped(line, "the topic takes no record as long as this (max.message.bytes)"));
        } else if (error != null) {
            if (failure == null) {
                failure = error;
                failedLine = line;
            }
        } else {
            sent++;
            deletions += deletion ? 1 : 0;
            highestOffsets.merge(metadata.partition(), metadata.offset(), Math::max);
        }
    }

    synchronized void skip(Input.Skipped place) {
        skippedCount++;
        if (skipped.size() < ProduceResult.MAX_SKIPPED) {
            skipped.add(place);
        }
    }

    /**
     * Waits for the answers to so many records, or for a failure. The client's own flush will not do: once a batch of an
     * idempotent producer has expired, it waits for a new producer id, and while no broker gives one, flush never ends.
     */
    synchronized void awaitAnswers(long records) {
        while (answered < records && failure == null) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = new InterruptException("interrupted while waiting", e);
            }
        }
    }

    synchronized Exception failure() {
        return failure;
    }

    synchronized KafkaUnreachable unreachable(ProducerSettings settings) {
        return new KafkaUnreachable(
                "Kafka at " + settings.bootstrapServers() + " did not confirm line " + failedLine + " ("
                        + failure.getMessage() + "), after " + sent
                        + " records that it did; when it is back, send the file again: records sent twice do no harm",
                failure);
    }

    synchronized ProduceResult result(String stopped) {
        return new ProduceResult(sent, deletions, skipped, skippedCount, highestOffsets, stopped);
    }
}
