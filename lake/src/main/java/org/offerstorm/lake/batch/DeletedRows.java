package org.offerstorm.lake.batch;

/**
 * Rows that may be missing from the log, because the lake holds them.
 *
 * @param below all rows that this includes
 * @param digest of all of them, by which the history is judged instead
 */
public record DeletedRows(OffsetVector below, String digest) {
    /** None. */
    public static final DeletedRows NONE = new DeletedRows(OffsetVector.NOTHING, "");
}
