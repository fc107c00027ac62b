package org.offerstorm.sinks.redis;

/**
 * What the records of one minute did.
 *
 * @param minute since 1970, by the records' timestamps
 * @param added offers that were not live before
 * @param corrected offers that were live and got a newer version
 * @param deleted offers that are no longer live
 */
public record MinuteRate(long minute, long added, long corrected, long deleted) {
    /** All of them. */
    public long total() {
        return added + corrected + deleted;
    }
}
