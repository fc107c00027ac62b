package org.offerstorm.tools.produce;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;

/** Counts what the brokers answer. Written by the producer's I/O thread and by the reading thread. */
final class Tally {
    private final Map<Integer, Long> highestOffsets = new TreeMap<>();
    private final List<Input.Skipped> skipped = new ArrayList<>();
    private long skippedCount;
    private long sent;
    private long deletions;
    private Exception failure;
    private long failedLine; // 0: none in particular
    private long handed;
    private long answered;
    /** Of {@link System#nanoTime()}: the last answer, or when the first record since was handed over. */
    private long lastMove = System.nanoTime();

    synchronized void answer(long line, boolean deletion, RecordMetadata metadata, Exception error) {
        answered++;
        lastMove = System.nanoTime();
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
     * Counts a record that the client has taken. Fails if others are out, and none was answered for the limit: a slow source
     * must not hide that for hours.
     *
     * @return records so far
     */
    synchronized long handed(Duration limit) {
        boolean alone = answered >= handed;
        handed++;
        if (alone) {
            lastMove = System.nanoTime();
        } else if (failure == null && left(limit) <= 0) {
            failure = noAnswer(limit);
        }
        return handed;
    }

    /**
     * Waits until all records are answered, or for a failure, which no answer within the limit is too. Neither the client's
     * own flush nor its delivery time-out will do: an idempotent producer that has no producer id, yet or again, waits for
     * one without an end, and expires no record before it has it.
     */
    synchronized void awaitAnswers(Duration limit) {
        while (answered < handed && failure == null) {
            long left = left(limit);
            if (left <= 0) {
                failure = noAnswer(limit);
                return;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = new InterruptException("interrupted while waiting", e);
            }
        }
    }

    /** Nanoseconds. */
    private long left(Duration limit) {
        return lastMove + limit.toNanos() - System.nanoTime();
    }

    private TimeoutException noAnswer(Duration limit) {
        return new TimeoutException((handed - answered) + " records had no answer for " + limit.toSeconds() + " s");
    }

    synchronized Exception failure() {
        return failure;
    }

    synchronized KafkaUnreachable unreachable(ProducerSettings settings) {
        String what = failedLine == 0 ? "all records" : "line " + failedLine;
        return new KafkaUnreachable(
                "Kafka at " + settings.bootstrapServers() + " did not confirm " + what + " ("
                        + failure.getMessage() + "), after " + sent
                        + " records that it did; when it is back, send the file again: records sent twice do no harm",
                failure);
    }

    synchronized ProduceResult result(String stopped) {
        return new ProduceResult(sent, deletions, skipped, skippedCount, highestOffsets, stopped);
    }
}
