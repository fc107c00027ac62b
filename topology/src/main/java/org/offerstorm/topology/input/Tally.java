package org.offerstorm.topology.input;

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
    private long answered;
    /** Of {@link System#nanoTime()}: the last answer, or the last moment at which none was outstanding. */
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

    /** Fails if records are out, and none was answered for the limit: a slow source must not hide that for hours. */
    synchronized void expectAnswers(long handed, Duration limit) {
        if (answered >= handed) {
            lastMove = System.nanoTime();
        } else if (failure == null && System.nanoTime() - lastMove > limit.toNanos()) {
            failure = noAnswer(handed, limit);
        }
    }

    /**
     * Waits for the answers to so many records, or for a failure, which no answer within the limit is too. Neither the
     * client's own flush nor its delivery time-out will do: an idempotent producer that has no producer id, yet or again,
     * waits for one without an end, and expires no record before it has it.
     */
    synchronized void awaitAnswers(long records, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (answered < records && failure == null) {
            try {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    failure = noAnswer(records, limit);
                    return;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = new InterruptException("interrupted while waiting", e);
            }
        }
    }

    private TimeoutException noAnswer(long handed, Duration limit) {
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
