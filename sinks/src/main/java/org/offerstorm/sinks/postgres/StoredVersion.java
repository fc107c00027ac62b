package org.offerstorm.sinks.postgres;

import org.offerstorm.core.model.Cell;

/**
 * The newest version of an offer that the tables have.
 *
 * @param validFrom as {@link VersionTime} has it
 * @param cell where the offer is counted; null if it is deleted
 */
record StoredVersion(int epoch, long offset, long validFrom, Cell cell) {
    boolean isOlderThan(int otherEpoch, long otherOffset) {
        return epoch != otherEpoch ? epoch < otherEpoch : offset < otherOffset;
    }
}
