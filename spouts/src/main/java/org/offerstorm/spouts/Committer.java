package org.offerstorm.spouts;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.offerstorm.core.model.CommitMetadata;

/**
 * Commits the acked floors. Nothing waits for a commit; one that fails is made again with the next floors. What a later
 * run of the stream has committed stays: each start is a run with a higher number, and the group is read before it is
 * written, so a spout that should not exist any more takes nothing back. Poller thread.
 */
final class Committer {
    /** The broker forgets offsets that nobody commits for a week. */
    private static final long RENEW_NANOS = Duration.ofHours(1).toNanos();
    /** After that a commit without an answer counts as lost. */
    private static final long ANSWER_NANOS = Duration.ofSeconds(10).toNanos();

    private final Set<String> sinks;
    private final LongSupplier nanos;
    private final InstantSource clock;
    private final LogOnce log;
    private final Map<Integer, Long> runs = new HashMap<>();
    private Map<Integer, OffsetAndMetadata> confirmed = Map.of();
    private long askedAt;
    private boolean asked;
    /** What the group has committed, which is asked before each commit; null: nothing is asked. */
    private KafkaFuture<Map<Integer, StartRule.Commit>> current;

    /**
     * @param nanos monotonic time in nanoseconds
     * @param clock numbers the runs, where no commit tells the number of the last one
     */
    Committer(Set<String> sinks, LongSupplier nanos, InstantSource clock, LogOnce log) {
        this.sinks = sinks;
        this.nanos = nanos;
        this.clock = clock;
        this.log = log;
    }

    /**
     * The stream begins here, and takes over from the runs before.
     *
     * @param commits found when it began
     */
    void begin(List<Integer> partitions, Map<Integer, StartRule.Commit> commits) {
        for (int partition : partitions) {
            long last = StartRule.run(commits.get(partition));
            runs.put(partition, Math.max(last + 1, clock.millis()));
        }
    }

    /** A new connection: no answer of the old one will come. */
    void reset() {
        asked = false;
        current = null;
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
        current = session.askCommitted();
        return true;
    }

    /** Goes on with a commit as soon as Kafka has answered; does not wait. */
    void afterPoll(KafkaSession session, Slot slot) {
        if (current == null || !current.isDone()) {
            return;
        }
        Map<Integer, StartRule.Commit> found;
        try {
            found = current.get();
        } catch (ExecutionException e) {
            failed(e.getCause());
            return;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            current = null;
        }
        Map<Integer, OffsetAndMetadata> offsets = offsets(slot);
        Map<Integer, OffsetAndMetadata> allowed = allowed(offsets, found);
        if (allowed.isEmpty()) {
            asked = false;
            confirmed = offsets;
            return;
        }
        session.commitAsync(allowed, (done, error) -> {
            if (error == null) {
                asked = false;
                confirmed = offsets;
            } else {
                failed(error);
            }
        });
    }

    private void failed(Throwable error) {
        asked = false;
        log.warn("Cannot commit the floors; what is not committed is read again after a restart", error);
    }

    /** The last commit before the session ends; waits for it. */
    void commitAndWait(KafkaSession session, Slot slot) {
        Map<Integer, OffsetAndMetadata> offsets = offsets(slot);
        if (!offsets.isEmpty()) {
            Map<Integer, OffsetAndMetadata> allowed = allowed(offsets, session.committed());
            if (!allowed.isEmpty()) {
                session.commitSync(allowed);
            }
        }
    }

    /** Without the partitions that another run of the stream has taken over, or an operator has set meanwhile. */
    private Map<Integer, OffsetAndMetadata> allowed(
            Map<Integer, OffsetAndMetadata> offsets, Map<Integer, StartRule.Commit> found) {
        Map<Integer, OffsetAndMetadata> allowed = new HashMap<>(offsets);
        found.forEach((partition, commit) -> {
            if (!offsets.containsKey(partition)) {
                return;
            }
            long run = StartRule.run(commit);
            if (run > runs.getOrDefault(partition, 0L)) {
                allowed.remove(partition);
                log.warn(
                        "Partition " + partition + " is committed up to " + commit.offset()
                                + " by a later run of this stream, so this one commits nothing of it; end the one that"
                                + " should not run",
                        null);
            } else if (run == StartRule.FOREIGN && offsets.get(partition).equals(confirmed.get(partition))) {
                allowed.remove(partition); // an operator's, and nothing was acked since: for the next start to obey
            }
        });
        return allowed;
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
                                CommitMetadata.of(
                                                source,
                                                progress.origin(),
                                                progress.olderStored(),
                                                earlier,
                                                runs.getOrDefault(partition, 0L),
                                                sinks)
                                        .encode()))));
        return offsets;
    }
}
