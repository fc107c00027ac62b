package org.offerstorm.sinks.postgres;

import java.util.Map;
import org.offerstorm.core.model.Cell;

/**
 * What a row says of an offer; each may be null but {@code fields}.
 *
 * @param cell where it is counted
 * @param latitude degrees north
 * @param longitude degrees east
 * @param publishedAtMillis milliseconds since 1970 UTC
 * @param validThroughMillis milliseconds since 1970 UTC
 * @param fields further fields by name, as text in the form of {@code conf/offer.avsc}
 */
public record StoredOffer(
        Cell cell,
        Long professionId,
        String contractType,
        String name,
        Double latitude,
        Double longitude,
        String company,
        String description,
        Long publishedAtMillis,
        String url,
        String city,
        String country,
        Boolean remote,
        Double salaryMin,
        Double salaryMax,
        String salaryCurrency,
        String salaryPeriod,
        Long validThroughMillis,
        Map<String, String> fields) {
    public StoredOffer {
        fields = Map.copyOf(fields);
    }
}
