package org.offerstorm.spouts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the slot's partitions on a thread of its own. Whatever Kafka throws ends here: it is logged and counted, and after
 * a pause another session goes on where this one stopped. A start, a return after a hold and the first connection run the
 * same code.
 *
 * <p>Its public state is for the executor thread and the metrics' reporters.
 */
final class Poller implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
    private static final Duration WHEN_FULL = Duration.ofMillis(10);
    private static final long HOLD_MILLIS = 3_000;
    private static final long MIN_BACK_OFF_MILLIS = 100;
    private static final long MAX_BACK_OFF_MILLIS = 5_000;

    private final SourceConfig config;
    private final SpoutTuning tuning;
    private final Duration pollTimeout;
    private final Slot slot;
    private final Supplier<KafkaSession> sessions;
    private final Function<Consumer<?, ?>, Set<TopicPartition>> partitions;
    private final StoreCoverage coverage;
    private final GapReporter gaps;
    private final SpoutMetrics metrics;
    private final LongSupplier nanos;
    private final LogOnce log;
    private final Committer committer;
    private final CountDownLatch stop = new CountDownLatch(1);

    /** The log that this process began with; also after a hold nothing else is read. */
    private Source known;

    private long backOffMillis = MIN_BACK_OFF_MILLIS;
    private long nextUpkeep;
    private boolean full;

    private volatile boolean reading = true;
    private volatile boolean commitSoon;
    private volatile String hold;
    private volatile Throwable failure;
    private volatile long lag;

    /**
     * @param sessions opens a session to Kafka
     * @param partitions picks the slot's partitions
     * @param nanos monotonic time in nanoseconds
     */
    Poller(
            SourceConfig config,
            SpoutTuning tuning,
            Duration pollTimeout,
            Slot slot,
            Supplier<KafkaSession> sessions,
            Function<Consumer<?, ?>, Set<TopicPartition>> partitions,
            StoreCoverage coverage,
            GapReporter gaps,
            SpoutMetrics metrics,
            LongSupplier nanos,
            LogOnce log) {
        this.config = config;
        this.tuning = tuning;
        this.pollTimeout = pollTimeout;
        this.slot = slot;
        this.sessions = sessions;
        this.partitions = partitions;
        this.coverage = coverage;
        this.gaps = gaps;
        this.metrics = metrics;
        this.nanos = nanos;
        this.log = log;
        committer = new Committer(tuning.sinks(), nanos, log);
    }

    /** Whether to read on; what was read stays in the buffer. */
    void read(boolean go) {
        reading = go;
    }

    /** Commits with the next poll, not only with the next upkeep. */
    void commitSoon() {
        commitSoon = true;
    }

    /** Ends the thread after a last commit. */
    void stop() {
        stop.countDown();
    }

    /** Why nothing is emitted, or nothing. */
    Optional<String> hold() {
        return Optional.ofNullable(hold);
    }

    /** What ended the thread (an {@link Error}), or nothing. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Offsets between the acked floors and the log's end, as of the last upkeep. */
    long lag() {
        return lag;
    }

    @Override
    public void run() {
        try {
            while (!stopping()) {
                session();
            }
        } catch (Throwable e) {
            LOG.error("The poller of topic {} ended", config.topic(), e);
            failure = e;
        } finally {
            coverage.close();
            gaps.close();
        }
    }

    private void session() {
        try (KafkaSession session = sessions.get()) {
            connect(session);
            while (!stopping()) {
                step(session);
            }
            committer.commitAndWait(session, slot);
        } catch (HoldException e) {
            hold(e);
        } catch (RuntimeException e) {
            if (stopping()) {
                LOG.warn("The last floors of topic {} are not committed: {}", config.topic(), e.getMessage());
                return;
            }
            metrics.rebuilds.inc();
            log.warn("Kafka at " + config.bootstrapServers() + " failed (" + e + "); connecting again", e);
            await(backOffMillis);
            backOffMillis = Math.min(backOffMillis * 2, MAX_BACK_OFF_MILLIS);
        }
    }

    private void hold(HoldException e) {
        slot.halt();
        hold = e.getMessage();
        log.warn("Holding: " + e.getMessage(), null);
        await(e.isUntilRestart() ? Long.MAX_VALUE : HOLD_MILLIS);
    }

    private void connect(KafkaSession session) throws HoldException {
        committer.reset();
        Source now = session.describe();
        List<Integer> mine = session.assign(partitions);
        if (mine.isEmpty()) {
            throw HoldException.untilMended("topic " + now.topic() + " has " + now.partitions()
                    + " partitions, none is left for this spout task; lower topology.spout-tasks");
        }
        if (known != null) {
            checkSame(now);
        }
        if (slot.source().isEmpty()) {
            slot.start(now, starts(session, now, mine));
            known = now;
        }
        Map<Integer, Long> positions = slot.positions();
        session.seek(positions);
        hold = null;
        LOG.info("Reading {} (id {}, epoch {}) from {}", now.topic(), now.topicId(), now.epoch(), positions);
    }

    private Map<Integer, Slot.Start> starts(KafkaSession session, Source source, List<Integer> mine)
            throws HoldException {
        Map<Integer, StartRule.Commit> commits = session.committed();
        Map<Integer, StartRule.LogBounds> bounds = session.bounds();
        Optional<Map<Integer, Long>> covered = coverage.read(source);
        StartRule rule = rule(source);
        Map<Integer, Slot.Start> starts = new HashMap<>();
        for (int partition : mine) {
            starts.put(partition, rule.start(partition, commits.get(partition), bounds.get(partition), covered));
        }
        return starts;
    }

    private void step(KafkaSession session) throws HoldException {
        long buffered = slot.bufferedBytes();
        full = full ? buffered > tuning.bufferBytes() / 2 : buffered >= tuning.bufferBytes();
        session.pause(full || !reading);
        try {
            take(session.poll(full ? WHEN_FULL : pollTimeout));
        } catch (OffsetOutOfRangeException e) {
            passGaps(session, e.offsetOutOfRangePartitions());
        }
        long now = nanos.getAsLong();
        if (commitSoon) {
            commitSoon = !committer.commit(session, slot);
        }
        if (now - nextUpkeep >= 0) {
            nextUpkeep = now + tuning.upkeep().toNanos();
            upkeep(session);
        }
    }

    private void take(ConsumerRecords<byte[], byte[]> polled) {
        // Every partition whose position moved, also one that moved over transaction markers alone.
        for (Map.Entry<TopicPartition, OffsetAndMetadata> moved :
                polled.nextOffsets().entrySet()) {
            List<ConsumerRecord<byte[], byte[]>> read = polled.records(moved.getKey());
            List<SourceRecord> records = new ArrayList<>(read.size());
            int partition = moved.getKey().partition();
            for (ConsumerRecord<byte[], byte[]> record : read) {
                records.add(new SourceRecord(
                        new SourcePosition(partition, record.offset(), record.timestamp()),
                        record.key(),
                        record.value()));
            }
            slot.append(partition, records, moved.getValue().offset());
            backOffMillis = MIN_BACK_OFF_MILLIS;
        }
    }

    private void passGaps(KafkaSession session, Map<TopicPartition, Long> outOfRange) throws HoldException {
        Source source = slot.source().orElseThrow();
        Map<Integer, StartRule.LogBounds> bounds = session.bounds();
        for (Map.Entry<TopicPartition, Long> entry : outOfRange.entrySet()) {
            int partition = entry.getKey().partition();
            long position = entry.getValue();
            StartRule.LogBounds log = bounds.get(partition);
            if (position > log.end()) {
                checkSame(session.describe());
                throw HoldException.untilRestart(
                        entry.getKey() + " ends at offset " + log.end() + ", but was read up to " + position
                                + ": Kafka lost records; restore the topic, or create it anew and raise source.epoch");
            }
            if (position < log.start()) {
                if (!gaps.report(source, partition, position, log.start())) {
                    await(MAX_BACK_OFF_MILLIS / 5);
                    return; // the next poll fails at the same place
                }
                metrics.gaps.inc();
                slot.append(partition, List.of(), log.start());
            }
            session.seek(Map.of(partition, Math.max(position, log.start())));
        }
    }

    private void upkeep(KafkaSession session) throws HoldException {
        Source source = slot.source().orElseThrow();
        Optional<Source> now = session.describeSoon();
        if (now.isPresent()) {
            checkSame(now.get());
        }
        committer.commit(session, slot);
        rewindIfCountersLost(session, source);
        lag = session.behind()
                + slot.positions().values().stream().mapToLong(Long::longValue).sum()
                - slot.progress().values().stream()
                        .mapToLong(Slot.Progress::floor)
                        .sum();
    }

    /** An acked record is counted; if the counters say otherwise, their store lost it. */
    private void rewindIfCountersLost(KafkaSession session, Source source) throws HoldException {
        Map<Integer, Slot.Progress> before = slot.progress(); // read before the coverage, so it can only be lower
        Optional<Map<Integer, Long>> covered = coverage.read(source);
        if (covered.isEmpty()) {
            return;
        }
        Map<Integer, Slot.Start> lowered = new HashMap<>();
        Map<Integer, StartRule.LogBounds> bounds = null;
        for (Map.Entry<Integer, Slot.Progress> entry : before.entrySet()) {
            int partition = entry.getKey();
            Slot.Progress progress = entry.getValue();
            Long counted = covered.get().get(partition);
            if ((counted == null ? progress.origin() : counted) < progress.floor()) {
                bounds = bounds == null ? session.bounds() : bounds;
                Slot.Start start = new Slot.Start(progress.floor(), progress.origin());
                lowered.put(
                        partition,
                        rule(source)
                                .covered(partition, start, bounds.get(partition).start(), counted));
            }
        }
        if (lowered.isEmpty()) {
            return;
        }
        Map<Integer, Slot.Start> starts = new HashMap<>();
        slot.progress()
                .forEach((partition, progress) ->
                        starts.put(partition, new Slot.Start(progress.floor(), progress.origin())));
        starts.putAll(lowered);
        metrics.rewinds.inc();
        LOG.warn("The counters lost acked records of {}; reading again from {}", source.topic(), lowered);
        slot.start(source, starts);
        session.seek(slot.positions());
    }

    private StartRule rule(Source source) {
        return new StartRule(source, config.group(), tuning.sinks(), coverage.exists());
    }

    private void checkSame(Source now) throws HoldException {
        if (!known.topicId().equals(now.topicId())) {
            throw HoldException.untilRestart(StartRule.recreated(known.topicId(), now));
        }
        if (known.partitions() != now.partitions()) {
            throw HoldException.untilRestart(StartRule.repartitioned(known.partitions(), now));
        }
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    private void await(long millis) {
        try {
            stop.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stop.countDown();
            Thread.currentThread().interrupt();
        }
    }
}
