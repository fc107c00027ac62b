package org.offerstorm.spouts;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.offerstorm.core.model.Acked;
import org.offerstorm.core.model.CommitMetadata;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.HoldCause;

/**
 * Where a partition starts: pure rules over the committed offset, the log and what the stores say they hold that may lose
 * what they acked.
 *
 * @param source the log as Kafka describes it now
 * @param group the consumer group, for messages
 * @param sinks sinks of this submission
 */
record StartRule(Source source, String group, Set<String> sinks) {
    /** What an operator does about a log that lost records which are stored. */
    static final String REMEDY = "restore the topic, or create it again and raise source.epoch";

    /** @param metadata as committed, may be empty or null */
    record Commit(LogPosition position, String metadata) {
        long offset() {
            return position.offset();
        }
    }

    /** Instead of a run's number: the commit is another tool's. */
    static final long FOREIGN = -1;

    /**
     * Which run of the stream made a commit.
     *
     * @param commit null if there is none
     * @return 0 if there is none, or one of an earlier version of this program
     */
    static long run(Commit commit) {
        return commit == null
                ? 0
                : CommitMetadata.parse(commit.metadata())
                        .map(CommitMetadata::run)
                        .orElse(FOREIGN);
    }

    /** Offsets that the log holds: {@code [start, end)}. */
    record LogBounds(long start, long end) {}

    /**
     * @param commit null if there is none
     * @param coverage read before the log's bounds
     * @throws HoldException if no offset is right
     */
    Slot.Start start(int partition, Commit commit, LogBounds log, CoveredOffsets coverage) throws HoldException {
        Slot.Start start = committed(partition, commit, log, coverage);
        if (start.offset() > log.end()) {
            throw HoldException.untilRestart(at(partition) + " ends at offset " + log.end() + ", but "
                    + start.offset()
                    + " was committed by group " + group + ": Kafka lost records; " + REMEDY);
        }
        return covered(partition, start, log, coverage);
    }

    /** The commits by this stream over this log, each with the leader epoch of its record: all below is stored. */
    Map<Integer, LogPosition> ours(Map<Integer, Commit> commits) {
        Map<Integer, LogPosition> ours = new HashMap<>();
        commits.forEach((partition, commit) -> {
            if (commit.position().leaderEpoch().isPresent() && isOurs(commit)) {
                ours.put(partition, commit.position());
            }
        });
        return ours;
    }

    /**
     * What this stream has acked.
     *
     * @param commits of all partitions, also those of other spout tasks
     */
    Acked acked(Collection<Commit> commits) {
        boolean thisEpoch = false;
        boolean earlierEpochs = false;
        for (Commit commit : commits) {
            Optional<CommitMetadata> ours = CommitMetadata.parse(commit.metadata());
            boolean any = ours.isPresent() && commit.offset() > ours.get().origin();
            boolean now = ours.isPresent() && ours.get().epoch() == source.epoch();
            thisEpoch |= any && now;
            earlierEpochs |= ours.isPresent() && (ours.get().earlierEpochs() || (any && !now));
        }
        return new Acked(thisEpoch, earlierEpochs);
    }

    private boolean isOurs(Commit commit) {
        return CommitMetadata.parse(commit.metadata())
                .filter(metadata ->
                        metadata.epoch() == source.epoch() && metadata.topicId().equals(source.topicId()))
                .isPresent();
    }

    /**
     * The start lowered to what every store holds.
     *
     * @param log as it was after the coverage was read
     * @throws HoldException if the log no longer holds what is to be counted again, or never held what is counted
     */
    Slot.Start covered(int partition, Slot.Start start, LogBounds log, CoveredOffsets coverage) throws HoldException {
        Slot.Start lowest = start;
        for (Map.Entry<String, Optional<Map<Integer, Long>>> store :
                coverage.stores().entrySet()) {
            if (store.getValue().isPresent()) {
                lowest = covered(
                        partition,
                        lowest,
                        log,
                        store.getKey(),
                        store.getValue().get().get(partition),
                        coverage.stores().keySet());
            }
        }
        return lowest;
    }

    /** @param covered offset below which the store holds all, or null if it knows nothing of the partition */
    private Slot.Start covered(
            int partition, Slot.Start start, LogBounds log, String store, Long covered, Set<String> stores)
            throws HoldException {
        long logStart = log.start();
        if (covered != null && covered > log.end()) {
            throw HoldException.untilMended(at(partition) + " ends at offset " + log.end() + ", but records up to "
                    + covered + " are in " + store + ": Kafka lost records, or came back older than " + store + "; "
                    + REMEDY);
        }
        if (covered == null && start.olderStored()) {
            throw HoldException.untilMended(at(partition) + " is acked up to " + start.offset() + ", but " + store
                            + " holds nothing of it, and records from before offset " + start.origin()
                            + " were stored when its group was set: " + store
                            + " lost records that Kafka no longer holds;"
                            + " restore " + store
                            + " from a backup, or create the topic again and raise source.epoch, or, to"
                            + " have what the log still holds and no more, empty each of " + String.join(", ", stores)
                            + " and set group " + group + " back to the beginning")
                    .because(HoldCause.STORE);
        }
        long from = covered == null ? start.origin() : covered;
        if (from >= start.offset()) {
            return start;
        }
        if (from < logStart) {
            throw HoldException.untilMended(at(partition) + " is acked up to " + start.offset() + ", but " + store
                            + (covered == null ? " holds nothing of it" : " holds it up to offset " + covered)
                            + " and its log begins at " + logStart + ": " + store
                            + " lost records that Kafka no longer holds; restore " + store
                            + " from a backup, or Redis from the lake ('offerstorm lake restore redis'), or create the"
                            + " topic again and raise source.epoch")
                    .because(HoldCause.STORE);
        }
        return new Slot.Start(from, start.origin(), start.olderStored(), Optional.empty());
    }

    private Slot.Start committed(int partition, Commit commit, LogBounds log, CoveredOffsets coverage)
            throws HoldException {
        Slot.Start beginning = new Slot.Start(log.start(), log.start());
        if (commit == null) {
            boolean older = olderStored(partition, "no offset of " + at(partition) + " is committed", log, coverage);
            return new Slot.Start(log.start(), log.start(), older, Optional.empty());
        }
        Optional<CommitMetadata> ours = CommitMetadata.parse(commit.metadata());
        if (ours.isEmpty()) {
            return foreign(partition, commit.offset(), log, coverage);
        }
        CommitMetadata metadata = ours.get();
        if (metadata.epoch() < source.epoch()) { // the operator says: a new log
            return beginning;
        }
        check(metadata);
        return new Slot.Start(
                commit.offset(),
                metadata.origin(),
                metadata.olderStored(),
                commit.position().leaderEpoch());
    }

    private void check(CommitMetadata metadata) throws HoldException {
        if (metadata.epoch() > source.epoch()) {
            throw HoldException.untilRestart("source.epoch is " + source.epoch() + ", but group " + group
                            + " has committed offsets of epoch " + metadata.epoch() + " of topic " + source.topic()
                            + "; set source.epoch to " + metadata.epoch())
                    .because(HoldCause.CONFIGURATION);
        }
        if (!metadata.topicId().equals(source.topicId())) {
            throw HoldException.untilRestart(recreated(metadata.topicId(), source));
        }
        if (metadata.partitions() != source.partitions()) {
            throw HoldException.untilRestart(repartitioned(metadata.partitions(), source));
        }
        Set<String> added = new TreeSet<>(sinks);
        added.removeAll(metadata.sinks());
        if (!added.isEmpty()) {
            throw HoldException.untilRestart("sink " + String.join(", ", added) + " was added to group " + group
                            + ", which has read part of topic " + source.topic()
                            + " already: it would start in mid-stream; run it as a separate submission with another"
                            + " source.group")
                    .because(HoldCause.CONFIGURATION);
        }
    }

    /** A commit of another tool: an operator's. Backwards is obeyed; forwards would skip records. */
    private Slot.Start foreign(int partition, long offset, LogBounds log, CoveredOffsets coverage)
            throws HoldException {
        long from = Math.max(offset, log.start());
        if (coverage.stores().isEmpty()) {
            return new Slot.Start(from, from); // nothing of the stream that begins here is acked yet
        }
        String committed = "offset " + offset + " of " + at(partition) + " was committed by another tool";
        long known = Long.MAX_VALUE;
        for (Map.Entry<String, Optional<Map<Integer, Long>>> store :
                coverage.stores().entrySet()) {
            Map<Integer, Long> floors = store.getValue().orElseThrow(() -> HoldException.untilMended(
                            committed + "; whether it skips records is not known until " + store.getKey() + " answers")
                    .because(HoldCause.STORE));
            known = Math.min(known, floors.getOrDefault(partition, log.start()));
        }
        if (offset > known) {
            throw HoldException.untilMended(committed + " and skips the records from " + known + "; reset group "
                            + group + " to " + known + " or below")
                    .because(HoldCause.CONFIGURATION);
        }
        return new Slot.Start(from, log.start(), olderStored(partition, committed, log, coverage), Optional.empty());
    }

    /**
     * Whether records may be stored from before the log's start, though no commit says where the stream began: a group
     * that was set back, or deleted, or has expired.
     */
    private static boolean olderStored(int partition, String why, LogBounds log, CoveredOffsets coverage)
            throws HoldException {
        if (log.start() == 0) {
            return false;
        }
        boolean older = false;
        for (Map.Entry<String, Optional<Map<Integer, Long>>> store :
                coverage.stores().entrySet()) {
            older |= store.getValue()
                    .orElseThrow(() -> HoldException.untilMended(why + "; whether older records are stored than its log"
                                    + " holds is not known until " + store.getKey() + " answers")
                            .because(HoldCause.STORE))
                    .containsKey(partition);
        }
        return older;
    }

    private String at(int partition) {
        return source.topic() + "-" + partition;
    }

    static String recreated(String knownId, Source now) {
        return "topic " + now.topic() + " was recreated (id " + knownId + " is now " + now.topicId()
                + "): its offsets start again; drain the old stream and raise source.epoch (now " + now.epoch() + ")";
    }

    static String repartitioned(int known, Source now) {
        return "topic " + now.topic() + " has " + now.partitions() + " partitions, it had " + known
                + ": offers would change partition and lose their order; create a new topic and move there";
    }
}
