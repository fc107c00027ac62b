package org.offerstorm.sinks.solr;

import java.util.Date;
import java.util.Objects;
import org.apache.solr.common.SolrInputDocument;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Salary;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.Upsert;

/** Documents of changes. Offers' text goes in as field values of javabin, never as markup or query. */
final class OfferDocuments {
    private OfferDocuments() {}

    static SolrInputDocument of(Source source, Change change) {
        long version = source.version(change.position().offset());
        if (change instanceof Upsert upsert) {
            Cell cell = Objects.requireNonNull(upsert.cell(), "an upsert that no bolt has classified");
            return live(upsert.offer(), cell, version);
        }
        return tombstone(change.id(), version);
    }

    @SuppressWarnings("JavaUtilDate") // javabin's type for a date
    static SolrInputDocument live(Offer offer, Cell cell, long version) {
        SolrInputDocument document = new SolrInputDocument();
        document.setField(OfferFields.ID, offer.id());
        // A Long, always: against an Integer the server's comparison fails.
        document.setField(OfferFields.VERSION, version);
        document.setField(OfferFields.CELL, cell.key());
        document.setField(OfferFields.CATEGORY, cell.category());
        document.setField(OfferFields.CONTINENT, cell.continent().name());
        document.setField(OfferFields.NAME, offer.name());
        if (offer.hasProfession()) {
            document.setField(OfferFields.PROFESSION_ID, offer.professionId());
        }
        if (offer.hasPublishedAt()) {
            document.setField(OfferFields.PUBLISHED_AT, new Date(offer.publishedAtMillis()));
        }
        if (offer.hasLocation()) {
            document.setField(OfferFields.LATITUDE, offer.latitude());
            document.setField(OfferFields.LONGITUDE, offer.longitude());
            document.setField(OfferFields.LOCATION, offer.latitude() + "," + offer.longitude());
        }
        setIfPresent(document, OfferFields.COMPANY, offer.company());
        setIfPresent(document, OfferFields.CONTRACT_TYPE, offer.contractType());
        setIfPresent(document, OfferFields.DESCRIPTION, offer.description());
        if (!offer.details().equals(Details.NONE)) {
            addDetails(document, offer.details());
        }
        return document;
    }

    @SuppressWarnings("JavaUtilDate") // javabin's type for a date
    private static void addDetails(SolrInputDocument document, Details details) {
        setIfPresent(document, OfferFields.URL, details.url());
        setIfPresent(document, OfferFields.CITY, details.city());
        setIfPresent(document, OfferFields.COUNTRY, details.country());
        setIfPresent(document, OfferFields.REMOTE, details.remote());
        if (details.hasValidThrough()) {
            document.setField(OfferFields.VALID_THROUGH, new Date(details.validThroughMillis()));
        }
        Salary salary = details.salary();
        if (salary != null) {
            setIfPresent(document, OfferFields.SALARY_MIN, salary.hasMin() ? salary.min() : null);
            setIfPresent(document, OfferFields.SALARY_MAX, salary.hasMax() ? salary.max() : null);
            setIfPresent(document, OfferFields.SALARY_CURRENCY, salary.currency());
            setIfPresent(document, OfferFields.SALARY_PERIOD, salary.period());
        }
        for (FieldValue field : details.fields()) {
            document.setField(
                    OfferFields.further(field.field()),
                    field.field().type() == FieldType.DATE ? new Date((Long) field.value()) : field.value());
        }
    }

    static SolrInputDocument tombstone(String id, long version) {
        SolrInputDocument document = new SolrInputDocument();
        document.setField(OfferFields.ID, id);
        document.setField(OfferFields.VERSION, version);
        document.setField(OfferFields.DELETED, true);
        return document;
    }

    private static void setIfPresent(SolrInputDocument document, String field, Object value) {
        if (value != null) {
            document.setField(field, value);
        }
    }
}
