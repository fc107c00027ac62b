package org.offerstorm.tools.verify;

import java.util.List;

/**
 * All anomalies of one kind in one store.
 *
 * @param count how many there are
 * @param examples the first of them in the order of the topic, at most {@value #MAX_EXAMPLES}
 */
public record Anomaly(Store store, Kind kind, long count, List<Example> examples) {
    public static final int MAX_EXAMPLES = 20;

    /**
     * One of them.
     *
     * @param where {@code topic-partition@offset}, or a cell or partition; empty if unknown
     * @param id of the offer, as it is; null if it has none or it is unknown
     * @param is what the store has
     * @param must what the topic says
     */
    public record Example(String where, String id, String is, String must) {}
}
