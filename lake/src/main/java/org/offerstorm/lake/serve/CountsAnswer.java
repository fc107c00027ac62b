package org.offerstorm.lake.serve;

import java.util.Map;
import org.offerstorm.core.model.Cell;
import org.offerstorm.lake.batch.OffsetVector;

/**
 * Live offers by cell.
 *
 * @param counts cells without offers are absent
 * @param offsets the records that are counted
 */
public record CountsAnswer(Map<Cell, Long> counts, OffsetVector offsets) {
    public CountsAnswer {
        counts = Map.copyOf(counts);
    }

    /** Live offers. */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
