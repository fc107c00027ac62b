package org.offerstorm.core.model;

import java.util.List;
import java.util.Objects;

/**
 * What an offer says beyond the nine fields that every stream has. All of it is untrusted text, like the offer's.
 *
 * @param category counted in place of the profession's if it is a known one; null if absent
 * @param url an absolute http or https address, at most 2 KiB of UTF-8; null if absent
 * @param city at most 256 bytes of UTF-8; null if absent
 * @param country code or name, at most 256 bytes of UTF-8; null if absent
 * @param remote null if the offer does not say
 * @param salary null if the offer says nothing of it
 * @param validThroughMillis the offer expires then: milliseconds since 1970 UTC, or {@link Offer#NO_DATE}
 * @param fields the data set's further fields that are present, in the order of the mapping
 */
public record Details(
        String category,
        String url,
        String city,
        String country,
        Boolean remote,
        Salary salary,
        long validThroughMillis,
        List<FieldValue> fields) {
    /** Nothing; the same object for every offer that has none, so that a comparison by identity is enough. */
    public static final Details NONE = new Details(null, null, null, null, null, null, Offer.NO_DATE, List.of());

    public Details {
        Objects.requireNonNull(fields, "fields");
    }

    /** These details; {@link #NONE} if nothing of them is there. */
    public static Details of(
            String category,
            String url,
            String city,
            String country,
            Boolean remote,
            Salary salary,
            long validThroughMillis,
            List<FieldValue> fields) {
        boolean nothing = category == null
                && url == null
                && city == null
                && country == null
                && remote == null
                && salary == null
                && validThroughMillis == Offer.NO_DATE
                && fields.isEmpty();
        return nothing ? NONE : new Details(category, url, city, country, remote, salary, validThroughMillis, fields);
    }

    public boolean hasValidThrough() {
        return validThroughMillis != Offer.NO_DATE;
    }
}
