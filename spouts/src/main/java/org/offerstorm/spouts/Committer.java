package org.offerstorm.spouts;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.offerstorm.core.model.CommitMetadata;

/**
 * Commits the acked floors. Nothing waits for a commit; one that fails is made again with the next floors. Poller thread.
 */
final class Committer {
    /** The broker forgets offsets that nobody commits for a week. */
    private static final long RENEW_NANOS = Duration.ofHours(1).toNanos();
    /** After that a commit without an answer counts as lost. */
    private static final long ANSWER_NANOS = Duration.ofSeconds(10).toNanos();

    private final Set<String> sinks;
    private final LongSupplier nanos;
    private final LogOnce log;
    private Map<Integer, OffsetAndMetadata> confirmed = Map.of();
    private long askedAt;
    private boolean asked;

    Committer(Set<String> sinks, LongSupplier nanos, LogOnce log) {
        this.sinks = sinks;
        this.nanos = nanos;
        this.log = log;
    }

    /** A new connection: no answer of the old one will come. */
    void reset() {
        asked = false;
        confirmed = Map.of();
    }

    /**
     * Commits the floors if they moved.
     *
     * @return false if an earlier commit is still on its way, so that nothing was done
     */
    boolean commit(KafkaSession session, Slot slot) {
        long now = nanos.getAsLong();
        long age = now - askedAt;
        Map<Integer, OffsetAndMetadata> offsets = offsets(slot);
        if (asked && age < ANSWER_NANOS) {
            return false;
        }
        if (!asked && offsets.equals(confirmed) && age < RENEW_NANOS) {
            return true;
        }
        asked = true;
        askedAt = now;
        session.commitAsync(offsets, (done, error) -> {
            asked = false;
            if (error == null) {
                confirmed = offsets;
            } else {
                log.warn("Cannot commit the floors; what is not committed is read again after a restart", error);
            }
        });
        return true;
    }

    /** The last commit before the session ends; waits for it. */
    void commitAndWait(KafkaSession session, Slot slot) {
        Map<Integer, OffsetAndMetadata> offsets = offsets(slot);
        if (!offsets.isEmpty()) {
            session.commitSync(offsets);
        }
    }

    private Map<Integer, OffsetAndMetadata> offsets(Slot slot) {
        Map<Integer, OffsetAndMetadata> offsets = new HashMap<>();
        boolean earlier = slot.acked().earlierEpochs();
        slot.source().ifPresent(source -> slot.progress()
                .forEach((partition, progress) -> offsets.put(
                        partition,
                        new OffsetAndMetadata(
                                progress.floor(),
                                progress.position().leaderEpoch(),
                                CommitMetadata.of(source, progress.origin(), earlier, sinks)
                                        .encode()))));
        return offsets;
    }
}
