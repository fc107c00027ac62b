package org.offerstorm.tools.trace;

import java.util.List;
import org.offerstorm.core.check.Failure;

/**
 * The next change of an offer, and when each store had it.
 *
 * @param record null if none came in time
 * @param arrivals in the order in which they were seen
 * @param lacking stores that do not have it yet
 */
public record Followed(TracedRecord record, List<Arrival> arrivals, List<String> lacking) {
    public Followed {
        arrivals = List.copyOf(arrivals);
        lacking = List.copyOf(lacking);
    }

    /**
     * A store has the change.
     *
     * @param where the store
     * @param millis after the record's Kafka time, by the clock of this machine; after it was seen, if it has no time
     */
    public record Arrival(String where, long millis, String what) {}

    /** Whether a change came, and is everywhere. */
    public boolean isComplete() {
        return record != null && lacking.isEmpty();
    }

    /** 0 if it is complete, else 1. */
    public int exitCode() {
        return isComplete() ? 0 : Failure.DIFFERENCE;
    }
}
