package org.offerstorm.tools.snapshot;

import java.util.List;
import org.offerstorm.tools.produce.Input;

/**
 * What became of a snapshot.
 *
 * @param file what the file holds, compared with the topic
 * @param owned live offers of the source in the topic, before
 * @param gone of them, those that the file does not have
 * @param goneExamples some of them, quoted; of a dry run only
 * @param others live offers of other sources in the topic that the file does not have; they stay
 * @param bare of them, those whose records name no source
 * @param sent records that were sent, without deletions
 * @param deleted offers that were deleted
 * @param corrected offers that were to be deleted, of which somebody wrote a record in the meantime; they stay
 * @param tooLarge records that the topic does not take
 * @param refused why nothing was sent or deleted, or less than there was to do; null if all was done
 */
public record SnapshotResult(
        FileCheck file,
        long owned,
        long gone,
        List<String> goneExamples,
        long others,
        long bare,
        long sent,
        long deleted,
        long corrected,
        List<Input.Skipped> tooLarge,
        String refused) {
    public SnapshotResult {
        goneExamples = List.copyOf(goneExamples);
        tooLarge = List.copyOf(tooLarge);
    }

    /** Whether the topic says what the file says. */
    public boolean isComplete() {
        return refused == null && tooLarge.isEmpty();
    }
}
