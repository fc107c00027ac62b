package org.offerstorm.sinks.postgres;

import org.offerstorm.core.model.Change;

/**
 * A version on its way into the tables.
 *
 * @param validFrom as {@link VersionTime} has it
 * @param validTo null if no newer version is known
 * @param isLate whether the tables had a newer version already, or this one
 * @param isNewest whether it becomes what {@code offers} or {@code offer_tombstones} have
 * @param isCurrent whether no newer version is known
 * @param closes the version that was current until now, and stops being it; null if there is none
 * @param closesAt its {@code valid_to}, if it has one
 */
record VersionRow(
        Change change,
        long validFrom,
        Long validTo,
        boolean isLate,
        boolean isNewest,
        boolean isCurrent,
        StoredVersion closes,
        long closesAt) {}
