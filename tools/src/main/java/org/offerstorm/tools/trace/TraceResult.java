package org.offerstorm.tools.trace;

import java.util.List;
import java.util.Optional;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.SourceConfig;

/**
 * One offer's way.
 *
 * @param home partition that a producer gives the id by default; -1 if the ids are not the keys
 * @param newest the newest version that anything knows; empty if nothing knows the offer
 * @param records in the topic, the newest first
 * @param letters the newest first
 * @param looked what was read of the topic
 * @param notes what was not looked at, and what else the reader must know
 */
public record TraceResult(
        String id,
        SourceConfig source,
        int home,
        Optional<Holding> newest,
        List<TracedRecord> records,
        List<TracedLetter> letters,
        List<StoreTrace> stores,
        List<String> looked,
        List<String> notes) {
    public TraceResult {
        records = List.copyOf(records);
        letters = List.copyOf(letters);
        stores = List.copyOf(stores);
        looked = List.copyOf(looked);
        notes = List.copyOf(notes);
    }

    /** Whether anything knows the offer: a record, a dead letter or a store. */
    public boolean isKnown() {
        return newest.isPresent() || !records.isEmpty() || !letters.isEmpty();
    }

    /** Stores that are not as they must be. */
    public List<StoreTrace> wrong() {
        return stores.stream().filter(store -> store.state().isWrong()).toList();
    }

    /** Stores that could not be asked. */
    public List<StoreTrace> unreachable() {
        return stores.stream()
                .filter(store -> store.state() == StoreTrace.State.UNREACHABLE)
                .toList();
    }

    /** 0: found, and all stores agree; 1: not found, or a store is wrong; 3: a store could not be asked. */
    public int exitCode() {
        if (!wrong().isEmpty()) {
            return Failure.DIFFERENCE;
        }
        if (!unreachable().isEmpty()) {
            return Failure.UNREACHABLE;
        }
        return isKnown() ? 0 : Failure.DIFFERENCE;
    }
}
