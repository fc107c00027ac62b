package org.offerstorm.sinks.solr;

/**
 * A document as Solr gives it back: an offer, or the tombstone of one. What was not asked for, or is not there, is null.
 *
 * @param version {@code epoch << 48 | offset}
 * @param deleted whether it is a tombstone
 * @param cell {@code category|CONTINENT}
 * @param publishedAtMillis milliseconds since 1970 UTC
 */
public record IndexedOffer(
        String id,
        long version,
        boolean deleted,
        String cell,
        String category,
        String continent,
        Long professionId,
        String contractType,
        String name,
        Double latitude,
        Double longitude,
        String company,
        String description,
        Long publishedAtMillis) {}
