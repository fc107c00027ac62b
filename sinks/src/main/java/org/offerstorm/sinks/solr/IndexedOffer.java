package org.offerstorm.sinks.solr;

import java.util.Date;
import org.apache.solr.common.SolrDocument;

/**
 * A document as Solr gives it back: an offer, or the tombstone of one. Fields that are missing or were not requested
 * are null.
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
        Long publishedAtMillis) {
    @SuppressWarnings("JavaUtilDate") // javabin's type for a date
    static IndexedOffer of(SolrDocument document) {
        return new IndexedOffer(
                text(document, OfferFields.ID),
                document.getFieldValue(OfferFields.VERSION) instanceof Number version ? version.longValue() : 0,
                Boolean.TRUE.equals(document.getFieldValue(OfferFields.DELETED)),
                text(document, OfferFields.CELL),
                text(document, OfferFields.CATEGORY),
                text(document, OfferFields.CONTINENT),
                document.getFieldValue(OfferFields.PROFESSION_ID) instanceof Number n ? n.longValue() : null,
                text(document, OfferFields.CONTRACT_TYPE),
                text(document, OfferFields.NAME),
                degrees(document, OfferFields.LATITUDE),
                degrees(document, OfferFields.LONGITUDE),
                text(document, OfferFields.COMPANY),
                text(document, OfferFields.DESCRIPTION),
                document.getFieldValue(OfferFields.PUBLISHED_AT) instanceof Date date ? date.getTime() : null);
    }

    private static Double degrees(SolrDocument document, String field) {
        return document.getFieldValue(field) instanceof Number n ? n.doubleValue() : null;
    }

    private static String text(SolrDocument document, String field) {
        return document.getFieldValue(field) instanceof String text ? text : null;
    }
}
