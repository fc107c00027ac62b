package org.offerstorm.spouts;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.model.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the slot's partitions on its own thread. Every exception of Kafka ends here: it is logged and counted, and after
 * a pause another session continues where this one stopped. A start, a return after a hold and the first connection run the
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
    private static final long GAP_RETRY_MILLIS = 1_000;

    private final SourceConfig config;
    private final SpoutTuning tuning;
    private final Duration pollTimeout;
    private final Slot slot;
    private final Supplier<KafkaSession> sessions;
    private final StoreCoverage coverage;
    private final GapReporter gaps;
    private final SpoutMetrics metrics;
    private final LogOnce log;
    private final Committer committer;
    private final StartPositions start;
    private final Fetcher fetcher;
    private final Upkeep upkeep;
    private final CountDownLatch stop = new CountDownLatch(1);

    private long backOffMillis = MIN_BACK_OFF_MILLIS;
    private boolean full;

    private volatile boolean reading = true;
    private volatile String hold;
    private volatile Throwable failure;

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
        this.coverage = coverage;
        this.gaps = gaps;
        this.metrics = metrics;
        this.log = log;
        Function<Source, StartRule> rules = source -> new StartRule(source, config.group(), tuning.sinks());
        SourceIdentity identity = new SourceIdentity();
        committer = new Committer(tuning.sinks(), nanos, InstantSource.system(), log);
        start = new StartPositions(slot, identity, partitions, rules, coverage, committer);
        fetcher = new Fetcher(slot, identity, gaps, metrics);
        upkeep = new Upkeep(
                slot,
                identity,
                committer,
                new CoverageComparison(slot, rules, coverage, metrics),
                tuning.upkeep(),
                nanos);
    }

    /** Whether to read on; what was read stays in the buffer. */
    void read(boolean go) {
        reading = go;
    }

    /** Commits with the next poll, not only with the next upkeep. */
    void commitSoon() {
        upkeep.commitSoon();
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
        return upkeep.lag();
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
        start.seek(session);
        hold = null;
    }

    private void step(KafkaSession session) throws HoldException {
        long buffered = slot.bufferedBytes();
        full = full ? buffered > tuning.bufferBytes() / 2 : buffered >= tuning.bufferBytes();
        session.pause(full || !reading);
        try {
            if (fetcher.poll(session, full ? WHEN_FULL : pollTimeout)) {
                backOffMillis = MIN_BACK_OFF_MILLIS;
            }
        } catch (LogTruncationException e) {
            throw KafkaSession.cut(e);
        } catch (OffsetOutOfRangeException e) {
            if (!fetcher.passGaps(session, e.offsetOutOfRangePartitions())) {
                await(GAP_RETRY_MILLIS);
            }
        }
        upkeep.afterPoll(session);
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
