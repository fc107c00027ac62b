package org.offerstorm.tools.trace;

import java.util.List;
import java.util.Optional;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.sinks.changes.ChangePosition;

/**
 * What a store says of an offer, not judged yet.
 *
 * @param position how far a store is that holds no offers, only what follows from them
 * @param isUpToDate whether such a store has all that it follows from, as that was when it was asked
 * @param remark of how it was looked at; empty if there is nothing to say
 * @param isLooked false if there was nothing to look for
 * @param error why it does not answer; null if it does
 */
record Answer(
        SinkKind<?> kind,
        List<Holding> holdings,
        Optional<ChangePosition> position,
        boolean isUpToDate,
        String remark,
        boolean isLooked,
        String error) {
    static Answer of(SinkKind<?> kind, List<Holding> holdings, String remark) {
        return new Answer(kind, List.copyOf(holdings), Optional.empty(), false, remark, true, null);
    }

    static Answer failed(SinkKind<?> kind, String error) {
        return new Answer(kind, List.of(), Optional.empty(), false, "", true, error);
    }

    /**
     * Whether such a store has what follows from a record: it has passed the record, or it has all, because not every record
     * makes a change.
     */
    boolean follows(int partition, long offset) {
        return isUpToDate
                || position.filter(at -> at.floors().getOrDefault(partition, 0L) > offset)
                        .isPresent();
    }

    /** The newest version that the store holds; empty if it holds none. */
    Optional<Holding> newest() {
        return holdings.stream()
                .filter(holding -> !holding.isHistory())
                .max((a, b) -> Long.compare(a.version(), b.version()))
                .or(() -> holdings.stream().max((a, b) -> Long.compare(a.version(), b.version())));
    }
}
