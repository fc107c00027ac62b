package org.offerstorm.tools.verify;

import org.offerstorm.sinks.hdfs.OfferRow;

/**
 * The fields of an accepted offer; each but the name and the details may be null.
 *
 * @param publishedAtMillis milliseconds since 1970 UTC
 * @param category as the record says it; a store has the counted one alone, so it is null there and is compared with the
 *     cell
 */
record PlainOffer(
        Long professionId,
        String contractType,
        String name,
        Double latitude,
        Double longitude,
        String company,
        String description,
        Long publishedAtMillis,
        String category,
        PlainDetails details) {
    /** Those of a row; null if it is a deletion. */
    static PlainOffer of(OfferRow row) {
        return row.deleted()
                ? null
                : new PlainOffer(
                        row.professionId(),
                        row.contractType(),
                        row.name(),
                        row.latitude(),
                        row.longitude(),
                        row.company(),
                        row.description(),
                        row.publishedAtMillis(),
                        null,
                        PlainDetails.of(row.details()));
    }
}
