package org.offerstorm.spouts;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which leader epoch of Kafka the offsets of one partition were written in. An offset with the epoch of the record before
 * it names one place in one history of the log: if the log was cut below it and filled again, the new leader's epochs say
 * so, while the offset alone means another record. Epochs change with leaders, so a handful of entries is all there is.
 * Not safe for use by many threads; {@link Slot} guards it.
 */
final class LeaderEpochs {
    /** Of records that were deleted before they were read. */
    static final int UNKNOWN = -1;

    private final NavigableMap<Long, Integer> byFirstOffset = new TreeMap<>();

    /** Offsets from this one on are of this epoch, as far as is known yet. */
    void begin(long offset, int epoch) {
        Map.Entry<Long, Integer> last = byFirstOffset.lastEntry();
        if (last == null || last.getValue() != epoch) {
            byFirstOffset.put(offset, epoch);
        }
    }

    /** Epoch of the record before the offset, or nothing if it was not read. */
    Optional<Integer> before(long offset) {
        return Optional.ofNullable(byFirstOffset.lowerEntry(offset))
                .map(Map.Entry::getValue)
                .filter(epoch -> epoch != UNKNOWN);
    }

    /** Forgets what only offsets below this one need. */
    void forgetBelow(long offset) {
        Long needed = byFirstOffset.lowerKey(offset);
        if (needed != null && byFirstOffset.size() > 1) {
            byFirstOffset.headMap(needed).clear();
        }
    }
}
