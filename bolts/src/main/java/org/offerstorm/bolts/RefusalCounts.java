package org.offerstorm.bolts;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.parse.Reason;

/** How many records a parsing task has refused, by reason. One thread counts, any thread reads. */
@SuppressWarnings("EnumOrdinal") // indexes of an array that lives as long as the enum
final class RefusalCounts {
    private static final List<Reason> REASONS = List.of(Reason.values());

    private final AtomicLongArray counts = new AtomicLongArray(REASONS.size());

    void add(Reason reason) {
        counts.incrementAndGet(reason.ordinal());
    }

    /** {@code parse/bad_json} to its number; without those that are 0. */
    Map<String, Long> byStageAndReason() {
        Map<String, Long> counted = new TreeMap<>();
        for (Reason reason : REASONS) {
            long count = counts.get(reason.ordinal());
            if (count > 0) {
                counted.put(TopologyNames.PARSE + "/" + reason.code(), count);
            }
        }
        return counted;
    }
}
