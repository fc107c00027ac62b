package org.offerstorm.spouts;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.offerstorm.core.model.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the acked floors with what the stores hold: an acked record is in each of them, so if one says otherwise, it
 * lost it, and the stream goes back to the position of that store. Poller thread.
 */
final class CoverageComparison {
    private static final Logger LOG = LoggerFactory.getLogger(CoverageComparison.class);

    private final Slot slot;
    private final Function<Source, StartRule> rules;
    private final StoreCoverage coverage;
    private final SpoutMetrics metrics;

    /** @param rules how far a partition of a log is taken back */
    CoverageComparison(Slot slot, Function<Source, StartRule> rules, StoreCoverage coverage, SpoutMetrics metrics) {
        this.slot = slot;
        this.rules = rules;
        this.coverage = coverage;
        this.metrics = metrics;
    }

    /**
     * Rewinds the partitions of which acked records are lost.
     *
     * @throws HoldException if the log no longer holds what is to be counted again
     */
    void rewindIfLost(KafkaSession session) throws HoldException {
        Source source = slot.source().orElseThrow();
        Map<Integer, Slot.Progress> before = slot.progress(); // read before the coverage, so it can only be lower
        CoveredOffsets covered = coverage.read(source);
        Map<Integer, Slot.Start> lowered = lowered(session, source, before, covered);
        if (!lowered.isEmpty()) {
            Set<String> stores = new TreeSet<>();
            before.forEach((partition, acked) -> stores.addAll(covered.lost(partition, acked.origin(), acked.floor())));
            rewind(session, source, lowered, stores);
        }
    }

    private Map<Integer, Slot.Start> lowered(
            KafkaSession session, Source source, Map<Integer, Slot.Progress> acked, CoveredOffsets covered)
            throws HoldException {
        Map<Integer, Slot.Start> lowered = new HashMap<>();
        Map<Integer, StartRule.LogBounds> bounds = null;
        for (Map.Entry<Integer, Slot.Progress> entry : acked.entrySet()) {
            int partition = entry.getKey();
            Slot.Progress progress = entry.getValue();
            if (covered.lost(partition, progress.origin(), progress.floor()).isEmpty()) {
                continue;
            }
            bounds = bounds == null ? session.bounds() : bounds;
            lowered.put(
                    partition, rules.apply(source).covered(partition, start(progress), bounds.get(partition), covered));
        }
        return lowered;
    }

    /** The other partitions are read again from their floors. */
    private void rewind(KafkaSession session, Source source, Map<Integer, Slot.Start> lowered, Set<String> stores)
            throws HoldException {
        session.checkNotCut(slot.furthest()); // nobody knows the epochs of the lower positions
        Map<Integer, Slot.Start> starts = new HashMap<>();
        slot.progress().forEach((partition, progress) -> starts.put(partition, start(progress)));
        starts.putAll(lowered);
        metrics.rewinds.inc();
        LOG.warn(
                "{} lost acked records of {}; reading again from {}",
                String.join(" and ", stores),
                source.topic(),
                lowered);
        slot.rewind(starts);
        session.seek(slot.positions());
    }

    private static Slot.Start start(Slot.Progress progress) {
        return new Slot.Start(
                progress.floor(),
                progress.origin(),
                progress.olderStored(),
                progress.position().leaderEpoch());
    }
}
