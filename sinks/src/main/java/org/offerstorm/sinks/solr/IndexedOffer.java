package org.offerstorm.sinks.solr;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import org.apache.solr.common.SolrDocument;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Salary;

/**
 * A document as Solr gives it back: an offer, or the tombstone of one. Fields that are missing or were not requested
 * are null.
 *
 * @param version {@code epoch << 48 | offset}
 * @param deleted whether it is a tombstone
 * @param cell {@code category|CONTINENT}
 * @param publishedAtMillis milliseconds since 1970 UTC
 * @param details its category is null, as the index holds the counted one alone; further fields by name, none of them a
 *     facet; {@link Details#NONE} if there is nothing
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
        Long publishedAtMillis,
        Details details) {
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
                number(document, OfferFields.LATITUDE),
                number(document, OfferFields.LONGITUDE),
                text(document, OfferFields.COMPANY),
                text(document, OfferFields.DESCRIPTION),
                document.getFieldValue(OfferFields.PUBLISHED_AT) instanceof Date date ? date.getTime() : null,
                details(document));
    }

    @SuppressWarnings("JavaUtilDate") // javabin's type for a date
    private static Details details(SolrDocument document) {
        List<FieldValue> fields = fields(document);
        Double min = number(document, OfferFields.SALARY_MIN);
        Double max = number(document, OfferFields.SALARY_MAX);
        String currency = text(document, OfferFields.SALARY_CURRENCY);
        String period = text(document, OfferFields.SALARY_PERIOD);
        Details details = new Details(
                null,
                text(document, OfferFields.URL),
                text(document, OfferFields.CITY),
                text(document, OfferFields.COUNTRY),
                document.getFieldValue(OfferFields.REMOTE) instanceof Boolean remote ? remote : null,
                min == null && max == null && currency == null && period == null
                        ? null
                        : new Salary(min == null ? Double.NaN : min, max == null ? Double.NaN : max, currency, period),
                document.getFieldValue(OfferFields.VALID_THROUGH) instanceof Date date ? date.getTime() : Offer.NO_DATE,
                fields);
        return details.equals(Details.NONE) ? Details.NONE : details;
    }

    @SuppressWarnings("JavaUtilDate") // javabin's type for a date
    private static List<FieldValue> fields(SolrDocument document) {
        List<FieldValue> fields = new ArrayList<>();
        for (String name : document.getFieldNames()) {
            DataField field = OfferFields.dataField(name);
            if (field != null) {
                Object value = document.getFieldValue(name);
                Object typed =
                        switch (field.type()) {
                            case TEXT, KEYWORD -> value instanceof String text ? text : null;
                            case KEYWORDS ->
                                document.getFieldValues(name).stream()
                                        .map(String::valueOf)
                                        .toList();
                            case INTEGER -> value instanceof Number number ? number.longValue() : null;
                            case DECIMAL -> value instanceof Number number ? number.doubleValue() : null;
                            case BOOLEAN -> value instanceof Boolean yes ? yes : null;
                            case DATE -> value instanceof Date date ? date.getTime() : null;
                        };
                if (typed != null) {
                    fields.add(new FieldValue(field, typed));
                }
            }
        }
        fields.sort(Comparator.comparing(value -> value.field().name()));
        return List.copyOf(fields);
    }

    private static Double number(SolrDocument document, String field) {
        return document.getFieldValue(field) instanceof Number n ? n.doubleValue() : null;
    }

    private static String text(SolrDocument document, String field) {
        return document.getFieldValue(field) instanceof String text ? text : null;
    }
}
