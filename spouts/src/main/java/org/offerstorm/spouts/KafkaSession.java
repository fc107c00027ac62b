package org.offerstorm.spouts;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.offerstorm.core.model.Source;

/**
 * One connection to Kafka: the consumer of one slot's partitions, and a client that reads the topic's identity.
 * Used by the poller thread alone; after any exception it is closed and another one opened.
 */
final class KafkaSession implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMillis(ConsumerProperties.TIMEOUT_MILLIS);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final String topic;
    private final String group;
    private final int epoch;
    private final Consumer<byte[], byte[]> consumer;
    private final TopicLookup topics;
    private KafkaFuture<TopicDescription> description;
    private KafkaFuture<Map<TopicPartition, Long>> asked;
    /** Of the client's thread. */
    private volatile Map<TopicPartition, Long> ends = Map.of();

    private boolean paused;

    /** Does not connect yet. */
    KafkaSession(SpoutHost host, String topic, int epoch, Map<String, Object> properties) {
        this.topic = topic;
        this.group = (String) properties.get(ConsumerConfig.GROUP_ID_CONFIG);
        this.epoch = epoch;
        consumer = host.consumer(properties);
        try {
            topics = host.topics(properties);
        } catch (KafkaException e) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            throw e;
        }
    }

    /** The topic as it is now; waits for the answer. */
    Source describe() throws HoldException {
        return sourceOf(askDescription());
    }

    /**
     * The topic as it was when this was asked last, and asks again; does not wait.
     *
     * @return nothing if no answer came
     */
    Optional<Source> describeSoon() throws HoldException {
        KafkaFuture<TopicDescription> answer = description;
        if (answer != null && !answer.isDone()) {
            return Optional.empty();
        }
        description = askDescription();
        if (answer == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(sourceOf(answer));
        } catch (KafkaException e) { // the consumer notices an outage by itself
            return Optional.empty();
        }
    }

    /** Takes the partitions that {@code choose} picks. Poll only after a {@link #seek}. */
    List<Integer> assign(Function<Consumer<?, ?>, Set<TopicPartition>> choose) {
        consumer.assign(choose.apply(consumer));
        return consumer.assignment().stream()
                .map(TopicPartition::partition)
                .sorted()
                .toList();
    }

    /** Sets where to read next; a position with a leader epoch is checked against the log before it is read. */
    void seek(Map<Integer, LogPosition> positions) {
        positions.forEach((partition, position) ->
                consumer.seek(at(partition), new OffsetAndMetadata(position.offset(), position.leaderEpoch(), "")));
    }

    /**
     * Asks the partitions' leaders whether their logs still hold what was read below these positions; waits for the
     * answers. Moves the positions to read from, so a {@link #seek} comes after it.
     *
     * @throws HoldException if a log was cut below its position
     */
    void checkNotCut(Map<Integer, LogPosition> positions) throws HoldException {
        seek(positions);
        try {
            for (int partition : positions.keySet()) {
                consumer.position(at(partition), TIMEOUT);
            }
        } catch (LogTruncationException e) {
            throw cut(e);
        }
    }

    /** The hold at a log that lost records which were read. */
    static HoldException cut(LogTruncationException e) {
        String logs = e.offsetOutOfRangePartitions().entrySet().stream()
                .map(read -> {
                    OffsetAndMetadata kept = e.divergentOffsets().get(read.getKey());
                    return cut(
                            read.getKey(),
                            read.getValue(),
                            kept == null ? "of that time" : "from offset " + kept.offset() + " on");
                })
                .sorted()
                .collect(Collectors.joining("; "));
        return HoldException.untilRestart(logs + ": " + StartRule.REMEDY);
    }

    /**
     * The same hold, where the log's records show it.
     *
     * @param read up to where the partition was read
     * @param from the first record that is another one
     */
    HoldException cut(int partition, long read, long from) {
        return HoldException.untilRestart(
                cut(at(partition), read, "from offset " + from + " on") + ": " + StartRule.REMEDY);
    }

    private static String cut(TopicPartition log, long read, String lost) {
        return log + " was read up to offset " + read + ", but Kafka lost its records " + lost
                + " (a power cut of the only copy, or an unclean election); what is there now are others";
    }

    /** Stops or resumes fetching; what was fetched stays in the client. */
    void pause(boolean pause) {
        if (pause != paused) {
            paused = pause;
            if (pause) {
                consumer.pause(consumer.assignment());
            } else {
                consumer.resume(consumer.assignment());
            }
        }
    }

    ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return consumer.poll(timeout);
    }

    /** Committed offset of each assigned partition that has one. */
    Map<Integer, StartRule.Commit> committed() {
        return committed(consumer.assignment());
    }

    /** Committed offset of each partition of the topic that has one, whichever spout task reads it. */
    Map<Integer, StartRule.Commit> committedOfAll() {
        return committed(consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .collect(Collectors.toSet()));
    }

    /** Asks for the committed offset of each partition that has one, whichever spout task reads it; does not wait. */
    KafkaFuture<Map<Integer, StartRule.Commit>> askCommitted() {
        return topics.committed(group).thenApply(this::commits);
    }

    private Map<Integer, StartRule.Commit> committed(Set<TopicPartition> partitions) {
        return commits(consumer.committed(partitions));
    }

    private Map<Integer, StartRule.Commit> commits(Map<TopicPartition, OffsetAndMetadata> found) {
        Map<Integer, StartRule.Commit> commits = new HashMap<>();
        found.forEach((partition, commit) -> {
            if (commit != null && partition.topic().equals(topic)) {
                commits.put(
                        partition.partition(),
                        new StartRule.Commit(
                                new LogPosition(commit.offset(), commit.leaderEpoch()), commit.metadata()));
            }
        });
        return commits;
    }

    /** First and next offset of each assigned partition; the next is that of committed records. */
    Map<Integer, StartRule.LogBounds> bounds() {
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(consumer.assignment());
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        return starts.entrySet().stream()
                .collect(Collectors.toMap(
                        start -> start.getKey().partition(),
                        start -> new StartRule.LogBounds(start.getValue(), ends.get(start.getKey()))));
    }

    void commitAsync(Map<Integer, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        consumer.commitAsync(byPartition(offsets), callback);
    }

    void commitSync(Map<Integer, OffsetAndMetadata> offsets) {
        consumer.commitSync(byPartition(offsets), TIMEOUT);
    }

    /**
     * Committed records after the position of each assigned partition, as far as the client knows: it learns this from
     * what it fetches. While it fetches nothing, this asks, and counts up to the end that the last answer told.
     *
     * @param positions where each partition is read next
     */
    Map<Integer, Long> behind(Map<Integer, LogPosition> positions) {
        if (paused) {
            askEnds();
        }
        Map<Integer, Long> behind = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            long fetched = consumer.currentLag(partition).orElse(0);
            LogPosition next = positions.get(partition.partition());
            Long end = ends.get(partition);
            behind.put(
                    partition.partition(),
                    next == null || end == null ? fetched : Math.max(fetched, end - next.offset()));
        }
        return behind;
    }

    private void askEnds() {
        if (asked == null || asked.isDone()) {
            asked = topics.ends(consumer.assignment()).whenComplete((found, failure) -> {
                if (found != null) {
                    ends = found;
                }
            });
        }
    }

    @Override
    public void close() {
        topics.close();
        consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }

    private KafkaFuture<TopicDescription> askDescription() {
        return topics.describe(topic);
    }

    private Source sourceOf(KafkaFuture<TopicDescription> answer) throws HoldException {
        try {
            TopicDescription known = answer.get(ConsumerProperties.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            return new Source(
                    topic, known.topicId().toString(), epoch, known.partitions().size());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw HoldException.untilMended("topic " + topic + " does not exist; create it (setup does)");
            }
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("no description of topic " + topic + " within " + TIMEOUT, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> byPartition(Map<Integer, OffsetAndMetadata> offsets) {
        return offsets.entrySet().stream().collect(Collectors.toMap(entry -> at(entry.getKey()), Map.Entry::getValue));
    }

    private TopicPartition at(int partition) {
        return new TopicPartition(topic, partition);
    }
}
