package org.offerstorm.tools.verify;

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
        PlainDetails details) {}
