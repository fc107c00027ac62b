package org.offerstorm.tools.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.core.model.Salary;
import org.offerstorm.sinks.hdfs.RowDetails;

/**
 * What an accepted offer says beyond its first fields; each may be null but {@code fields}.
 *
 * @param validThroughMillis milliseconds since 1970 UTC
 * @param fields further fields by name, as text in the form of {@code conf/offer.avsc}
 */
record PlainDetails(
        String url,
        Double salaryMin,
        Double salaryMax,
        String salaryCurrency,
        String salaryPeriod,
        String city,
        String country,
        Boolean remote,
        Long validThroughMillis,
        SortedMap<String, String> fields) {
    /** Nothing. */
    static final PlainDetails NONE =
            new PlainDetails(null, null, null, null, null, null, null, null, null, Collections.emptySortedMap());

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Those of an offer as the pipeline passes it; its category is not among them. */
    static PlainDetails of(Details details) {
        if (details.equals(Details.NONE)) {
            return NONE;
        }
        Salary salary = details.salary();
        SortedMap<String, String> fields = new TreeMap<>();
        details.fields().forEach(value -> fields.put(value.field().name(), text(value)));
        return new PlainDetails(
                details.url(),
                salary != null && salary.hasMin() ? (Double) salary.min() : null,
                salary != null && salary.hasMax() ? (Double) salary.max() : null,
                salary == null ? null : salary.currency(),
                salary == null ? null : salary.period(),
                details.city(),
                details.country(),
                details.remote(),
                details.hasValidThrough() ? (Long) details.validThroughMillis() : null,
                fields);
    }

    /** Those of a row. */
    static PlainDetails of(RowDetails details) {
        return details.equals(RowDetails.NONE)
                ? NONE
                : new PlainDetails(
                        details.url(),
                        details.salaryMin(),
                        details.salaryMax(),
                        details.salaryCurrency(),
                        details.salaryPeriod(),
                        details.city(),
                        details.country(),
                        details.remote(),
                        details.validThroughMillis(),
                        new TreeMap<>(details.fields()));
    }

    private static String text(FieldValue value) {
        Object held = value.value();
        return switch (value.field().type()) {
            case TEXT, KEYWORD -> (String) held;
            case KEYWORDS -> json((List<?>) held);
            case INTEGER -> BigDecimal.valueOf((Long) held).toPlainString();
            case DECIMAL -> Double.toString((Double) held);
            case BOOLEAN -> (Boolean) held ? "true" : "false";
            case DATE -> Instant.ofEpochMilli((Long) held).toString();
        };
    }

    private static String json(List<?> words) {
        try {
            return JSON.writeValueAsString(words);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts alone are always JSON", e);
        }
    }
}
