package org.offerstorm.dashboard.lake;

import java.time.Instant;
import java.util.Map;
import org.offerstorm.core.model.Cell;

/**
 * A table that the lake counted.
 *
 * @param at the instant whose live offers are counted; null: the newest that it knows
 * @param countedTo up to which records
 * @param range of which time it knows anything
 * @param counts cells without offers are absent
 */
public record LakeCounts(Layer layer, Instant at, String countedTo, LakeRange range, Map<Cell, Long> counts) {
    public LakeCounts {
        counts = Map.copyOf(counts);
    }

    /** Who counts. */
    public enum Layer {
        /** The tables as the last run left them. */
        BATCH,
        /** Moved by what is staged after it. */
        MERGED;

        /** As it is written in an address. */
        public String word() {
            return this == BATCH ? "batch" : "merged";
        }
    }
}
