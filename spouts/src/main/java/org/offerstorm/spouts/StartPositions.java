package org.offerstorm.spouts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.HoldCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assigns the slot's partitions to a new session and sets their positions: where the slot stopped, or where the rule says
 * if it was halted or never began. Poller thread.
 */
final class StartPositions {
    private static final Logger LOG = LoggerFactory.getLogger(StartPositions.class);

    private final Slot slot;
    private final SourceIdentity identity;
    private final Function<Consumer<?, ?>, Set<TopicPartition>> partitions;
    private final Function<Source, StartRule> rules;
    private final StoreCoverage coverage;
    private final Committer committer;

    /**
     * @param partitions picks the slot's partitions
     * @param rules where a partition of a log starts
     */
    StartPositions(
            Slot slot,
            SourceIdentity identity,
            Function<Consumer<?, ?>, Set<TopicPartition>> partitions,
            Function<Source, StartRule> rules,
            StoreCoverage coverage,
            Committer committer) {
        this.slot = slot;
        this.identity = identity;
        this.partitions = partitions;
        this.rules = rules;
        this.coverage = coverage;
        this.committer = committer;
    }

    /** Connects and seeks; afterwards the session can be polled. */
    void seek(KafkaSession session) throws HoldException {
        Source now = session.describe();
        List<Integer> mine = session.assign(partitions);
        if (mine.isEmpty()) {
            throw HoldException.untilMended("topic " + now.topic() + " has " + now.partitions()
                            + " partitions, none is left for this spout task; lower topology.spout-tasks")
                    .because(HoldCause.CONFIGURATION);
        }
        identity.check(now);
        if (slot.source().isEmpty()) {
            begin(session, now, mine);
            identity.set(now);
        }
        Map<Integer, LogPosition> positions = slot.positions();
        session.seek(positions);
        LOG.info("Reading {} (id {}, epoch {}) from {}", now.topic(), now.topicId(), now.epoch(), positions);
    }

    private void begin(KafkaSession session, Source source, List<Integer> mine) throws HoldException {
        Map<Integer, StartRule.Commit> commits = session.committed();
        CoveredOffsets covered = coverage.read(source);
        Map<Integer, StartRule.LogBounds> bounds = session.bounds(); // after the coverage, so it holds what is covered
        StartRule rule = rules.apply(source);
        Map<Integer, Slot.Start> starts = new HashMap<>();
        for (int partition : mine) {
            starts.put(partition, rule.start(partition, commits.get(partition), bounds.get(partition), covered));
        }
        session.checkNotCut(rule.ours(commits));
        committer.begin(mine, commits);
        slot.start(source, starts, rule.acked(session.committedOfAll().values()));
        if (starts.keySet().stream()
                .anyMatch(each -> starts.get(each).olderStored() && StartRule.run(commits.get(each)) <= 0)) {
            remember(session);
        }
    }

    /** That older records are stored is known only as long as they are: it must be committed before anything is read. */
    private void remember(KafkaSession session) {
        try {
            committer.commitAndWait(session, slot);
        } catch (RuntimeException e) {
            slot.halt(); // find it again
            throw e;
        }
    }
}
