package org.offerstorm.tools.produce;

import java.util.List;
import java.util.Map;

/**
 * What became of a file.
 *
 * @param sent records that the brokers confirmed, deletions among them
 * @param deletions deletions among {@code sent}
 * @param skipped places that could not become a record, in the order of their discovery; at most {@value #MAX_SKIPPED}
 * @param skippedCount all of them
 * @param highestOffsets for each partition that got records, the highest offset confirmed
 * @param stopped why the file was not read to its end; null if it was
 */
public record ProduceResult(
        long sent,
        long deletions,
        List<Input.Skipped> skipped,
        long skippedCount,
        Map<Integer, Long> highestOffsets,
        String stopped) {
    public static final int MAX_SKIPPED = 1000;

    public ProduceResult {
        skipped = List.copyOf(skipped);
        highestOffsets = Map.copyOf(highestOffsets);
    }

    /** The whole file is in the topic. */
    public boolean isComplete() {
        return stopped == null && skippedCount == 0;
    }
}
