package org.offerstorm.sinks.hdfs;

import java.util.Map;

/**
 * What a row says beyond the nine fields that every stream has.
 *
 * @param url null if absent
 * @param salaryMin null if absent
 * @param salaryMax null if absent
 * @param salaryCurrency null if absent
 * @param salaryPeriod null if absent
 * @param city null if absent
 * @param country null if absent
 * @param remote null if absent
 * @param validThroughMillis milliseconds since 1970 UTC, or null
 * @param fields further fields by name, as text; empty if there are none
 */
public record RowDetails(
        String url,
        Double salaryMin,
        Double salaryMax,
        String salaryCurrency,
        String salaryPeriod,
        String city,
        String country,
        Boolean remote,
        Long validThroughMillis,
        Map<String, String> fields) {
    /** Nothing. */
    public static final RowDetails NONE =
            new RowDetails(null, null, null, null, null, null, null, null, null, Map.of());

    public RowDetails {
        fields = Map.copyOf(fields);
    }
}
