package org.offerstorm.tools.deadletters;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.offerstorm.sinks.deadletter.StoredLetter;

/**
 * Which letters are meant. Immutable.
 *
 * @param positions these alone; empty: all that the rest leaves
 * @param reasons of these reasons; empty: of any
 * @param stages refused by these stages; empty: by any
 * @param sinceMillis refused then or later, milliseconds since 1970 UTC
 * @param beforeMillis refused before then
 */
public record LetterSelection(
        Set<LetterPosition> positions, Set<String> reasons, Set<String> stages, long sinceMillis, long beforeMillis) {
    /** All of them. */
    public static final LetterSelection ALL = of(List.of());

    public LetterSelection {
        positions = Set.copyOf(positions);
        reasons = Set.copyOf(reasons);
        stages = Set.copyOf(stages);
    }

    /** Those at the positions; of none: all. */
    public static LetterSelection of(Collection<LetterPosition> positions) {
        return new LetterSelection(Set.copyOf(positions), Set.of(), Set.of(), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    boolean matches(StoredLetter letter) {
        return (positions.isEmpty() || positions.contains(LetterPosition.of(letter)))
                && (reasons.isEmpty() || reasons.contains(letter.reason()))
                && (stages.isEmpty() || stages.contains(letter.stage()))
                && letter.refusedAtMillis() >= sinceMillis
                && letter.refusedAtMillis() < beforeMillis;
    }
}
