package org.offerstorm.spouts;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the stores that may lose what they acked say they hold.
 *
 * @param stores by the store's name, for messages: the offset of each partition below which all is there; nothing for a
 *     store that cannot be asked now
 */
record CoveredOffsets(Map<String, Optional<Map<Integer, Long>>> stores) {
    /** No sink may lose what it acked. */
    static final CoveredOffsets NONE = new CoveredOffsets(Map.of());

    /**
     * Names of the stores that hold less of a partition than was acked.
     *
     * @param origin where the stream began
     * @param floor all from the origin up to here is acked
     */
    Set<String> lost(int partition, long origin, long floor) {
        Set<String> lost = new TreeSet<>();
        stores.forEach((store, floors) -> {
            if (floors.isPresent() && floors.get().getOrDefault(partition, origin) < floor) {
                lost.add(store);
            }
        });
        return lost;
    }
}
