package org.offerstorm.dashboard.search;

import java.util.List;
import java.util.Set;

/**
 * What a search asks of the details of offers.
 *
 * @param cities those that fit, in any case and with or without accents; empty for all
 * @param countries likewise
 * @param remote whether remote offers fit, and those that are not; empty for all, those that do not say too
 * @param pay null for any
 * @param fields all of these; one for each field at most
 */
record Wanted(Set<String> cities, Set<String> countries, Set<Boolean> remote, Pay pay, List<FieldFilter> fields) {
    static final Wanted NOTHING = new Wanted(Set.of(), Set.of(), Set.of(), null, List.of());

    /**
     * What an offer must pay, as it says itself: amounts are not converted.
     *
     * @param from the least that its salary must reach, so its upper end if it has one; null for any, so that the others
     *     say of what kind it is
     * @param currency three letters, or null for any
     * @param period as {@link org.offerstorm.core.model.Salary} has it, or null for any
     */
    record Pay(String from, String currency, String period) {}

    Wanted {
        fields = List.copyOf(fields);
    }
}
