package org.offerstorm.spouts;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.HoldCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the slot's partitions, on a separate thread that calls it turn by turn. Every exception of Kafka ends here: it is
 * logged and counted, and after a pause another session continues where this one stopped. A start, a return after a hold and
 * the first connection run the same code.
 *
 * <p>Its public state is for the executor thread and the metrics' reporters.
 */
final class Poller implements DutyCycle {
    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
    private static final Duration WHEN_FULL = Duration.ofMillis(10);
    private static final long HOLD_MILLIS = 3_000;
    private static final long MIN_BACK_OFF_MILLIS = 100;
    private static final long MAX_BACK_OFF_MILLIS = 5_000;
    private static final long GAP_RETRY_MILLIS = 1_000;
    /** Kafka is asked each second; after so long without an answer the spout waits for it. */
    private static final long SILENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final SourceConfig config;
    private final SpoutTuning tuning;
    private final Duration pollTimeout;
    private final Slot slot;
    private final Supplier<KafkaSession> sessions;
    private final StoreCoverage coverage;
    private final GapReporter gaps;
    private final SpoutMetrics metrics;
    private final LogOnce log;
    private final LongSupplier nanos;
    private final Committer committer;
    private final StartPositions start;
    private final Fetcher fetcher;
    private final Upkeep upkeep;

    private long backOffMillis = MIN_BACK_OFF_MILLIS;
    private boolean full;
    /** Null while there is no connection. */
    private KafkaSession session;

    private volatile boolean reading = true;
    private volatile HoldException hold;
    private volatile Throwable failure;
    /** When Kafka answered last, on the monotonic clock; at first when this was made. */
    private volatile long answeredAt;

    /**
     * @param sessions opens a session to Kafka
     * @param partitions picks the slot's partitions
     * @param nanos monotonic time in nanoseconds
     * @param clock wall clock
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
            InstantSource clock,
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
        this.nanos = nanos;
        answeredAt = nanos.getAsLong();
        Function<Source, StartRule> rules = source -> new StartRule(source, config.group(), tuning.sinks());
        SourceIdentity identity = new SourceIdentity();
        committer = new Committer(tuning.sinks(), nanos, clock, log);
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

    /** Why nothing is emitted, or nothing. */
    Optional<String> hold() {
        return Optional.ofNullable(hold).map(HoldException::getMessage);
    }

    /** What kind of thing it waits for, or nothing; also Kafka, for whose answer the spout waits without a hold. */
    Optional<HoldCause> cause() {
        HoldException now = hold;
        if (now != null) {
            return Optional.of(now.kind());
        }
        return nanos.getAsLong() - answeredAt > SILENCE_NANOS ? Optional.of(HoldCause.KAFKA) : Optional.empty();
    }

    /** What ended it (an {@link Error}), or nothing. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Offsets between the acked floors and the log's end, as of the last upkeep, by partition. */
    Map<Integer, Long> lag() {
        return upkeep.lag();
    }

    /** Connects, or polls once. */
    @Override
    public long turn() {
        try {
            if (session != null) {
                return step();
            }
            session = sessions.get();
            connect();
            return 0;
        } catch (HoldException e) {
            disconnect();
            return hold(e);
        } catch (RuntimeException e) {
            disconnect();
            return backOff(e);
        } catch (Throwable e) {
            LOG.error("The poller of topic {} ended", config.topic(), e);
            failure = e;
            disconnect();
            return NEVER;
        }
    }

    /** Commits what is acked. */
    @Override
    public void end() {
        try {
            if (session != null) {
                committer.commitAndWait(session, slot);
            } else if (slot.source().isPresent()) {
                LOG.warn("The last floors of topic {} are not committed: Kafka is not connected", config.topic());
            }
        } catch (RuntimeException e) {
            LOG.warn("The last floors of topic {} are not committed: {}", config.topic(), e.getMessage());
        } finally {
            disconnect();
            coverage.close();
            gaps.close();
        }
    }

    private long hold(HoldException e) {
        slot.halt();
        hold = e;
        answeredAt = nanos.getAsLong();
        log.warn("Holding: " + e.getMessage(), null);
        return e.isUntilRestart() ? NEVER : HOLD_MILLIS;
    }

    private long backOff(RuntimeException e) {
        metrics.rebuilds.inc();
        log.warn("Kafka at " + config.bootstrapServers() + " failed (" + e + "); connecting again", e);
        long millis = backOffMillis;
        backOffMillis = Math.min(backOffMillis * 2, MAX_BACK_OFF_MILLIS);
        return millis;
    }

    private void connect() throws HoldException {
        committer.reset();
        start.seek(session);
        hold = null;
        answeredAt = nanos.getAsLong();
    }

    private void disconnect() {
        KafkaSession old = session;
        session = null;
        if (old != null) {
            try {
                old.close();
            } catch (RuntimeException e) {
                LOG.debug("Closing the connection to Kafka at {}", config.bootstrapServers(), e);
            }
        }
    }

    private long step() throws HoldException {
        long wait = 0;
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
                wait = GAP_RETRY_MILLIS;
            }
        }
        if (upkeep.afterPoll(session)) {
            answeredAt = nanos.getAsLong();
        }
        return wait;
    }
}
