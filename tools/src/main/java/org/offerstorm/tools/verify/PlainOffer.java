package org.offerstorm.tools.verify;

/**
 * The fields of an accepted offer; each but the name may be null.
 *
 * @param publishedAtMillis milliseconds since 1970 UTC
 */
record PlainOffer(
        Long professionId,
        String contractType,
        String name,
        Double latitude,
        Double longitude,
        String company,
        String description,
        Long publishedAtMillis) {}
