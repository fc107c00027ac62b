package org.offerstorm.spouts;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.offerstorm.core.model.Source;

/**
 * What is done between polls once a period: the topic's identity is checked, the floors are committed and compared with
 * the counters' coverage, the lag is taken. Poller thread, but for {@link #commitSoon} and {@link #lag}.
 */
final class Upkeep {
    private final Slot slot;
    private final SourceIdentity identity;
    private final Committer committer;
    private final CoverageComparison comparison;
    private final long periodNanos;
    private final LongSupplier nanos;

    private long next;
    private volatile boolean commitSoon;
    private volatile Map<Integer, Long> lag = Map.of();

    /** @param nanos monotonic time in nanoseconds */
    Upkeep(
            Slot slot,
            SourceIdentity identity,
            Committer committer,
            CoverageComparison comparison,
            Duration period,
            LongSupplier nanos) {
        this.slot = slot;
        this.identity = identity;
        this.committer = committer;
        this.comparison = comparison;
        this.periodNanos = period.toNanos();
        this.nanos = nanos;
    }

    /** Commits after the next poll, not only when the period is over. Any thread. */
    void commitSoon() {
        commitSoon = true;
    }

    /** Offsets between each partition's acked floor and its log's end, as of the last upkeep. Any thread. */
    Map<Integer, Long> lag() {
        return lag;
    }

    /**
     * Does what is due.
     *
     * @return whether Kafka has answered what was asked before
     */
    boolean afterPoll(KafkaSession session) throws HoldException {
        long now = nanos.getAsLong();
        committer.afterPoll(session, slot);
        if (commitSoon) {
            commitSoon = !committer.commit(session, slot);
        }
        if (now - next >= 0) {
            next = now + periodNanos;
            return run(session);
        }
        return false;
    }

    private boolean run(KafkaSession session) throws HoldException {
        Optional<Source> now = session.describeSoon();
        if (now.isPresent()) {
            identity.check(now.get());
        }
        committer.commit(session, slot);
        comparison.rewindIfLost(session);
        lag = lag(session);
        return now.isPresent();
    }

    private Map<Integer, Long> lag(KafkaSession session) {
        Map<Integer, LogPosition> positions = slot.positions();
        Map<Integer, Long> lags = new TreeMap<>(session.behind(positions));
        positions.forEach((partition, read) -> lags.merge(partition, read.offset(), Long::sum));
        slot.progress().forEach((partition, progress) -> lags.merge(partition, -progress.floor(), Long::sum));
        return Collections.unmodifiableMap(lags);
    }
}
