package org.offerstorm.local.trials.chaos;

/**
 * What the lake's own commands said at the end of a run.
 *
 * @param run exit code of {@code lake run --layers}, which compares the live, the batch and the merged table; null if it did not
 *     come to that
 * @param verify exit code of {@code lake verify}, which compares the tables with what is staged; null as before
 */
public record LakeVerdict(Integer run, Integer verify) {
    /** It did not come to that. */
    static final LakeVerdict NONE = new LakeVerdict(null, null);

    /** Whether both found everything equal. */
    boolean agrees() {
        return run != null && run == 0 && verify != null && verify == 0;
    }
}
