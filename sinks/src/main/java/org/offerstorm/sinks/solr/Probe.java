package org.offerstorm.sinks.solr;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Salary;

/**
 * A valid document with every field, one for each task, written again and again. It distinguishes a core that refuses a
 * document from one that refuses everything (a field missing from the schema). Offers without details need fewer fields,
 * which an older schema has: for them the probe is written without. Its write always takes effect and so
 * always ends in an fsync of the update log, including the entries of other requests.
 */
final class Probe {
    /** One with details, of each type of a further field. */
    private static final Details DETAILS = new Details(
            null,
            "https://example.org/probe",
            "probe",
            "probe",
            true,
            new Salary(1, 2, "EUR", "year"),
            0,
            List.of(
                    new FieldValue(new DataField("probe", FieldType.TEXT, false), "probe"),
                    new FieldValue(new DataField("probe", FieldType.KEYWORD, false), "probe"),
                    new FieldValue(new DataField("probe", FieldType.KEYWORDS, false), List.of("probe")),
                    new FieldValue(new DataField("probe", FieldType.INTEGER, false), 1L),
                    new FieldValue(new DataField("probe", FieldType.DECIMAL, false), 1.0),
                    new FieldValue(new DataField("probe", FieldType.BOOLEAN, false), true),
                    new FieldValue(new DataField("probe", FieldType.DATE, false), 0L)));

    private final SolrCore core;
    private final String id;
    private final InstantSource clock;
    private long version;

    Probe(SolrCore core, int task, InstantSource clock) {
        this.core = core;
        this.id = SourceGuard.ID.repeat(2 + task); // blank, and not the source's
        this.clock = clock;
    }

    /**
     * Writes the document.
     *
     * @param withDetails whether it must have the fields that few offers have
     * @throws SolrRefusal if even this is refused
     * @throws SolrOutage if it is not known to be written
     */
    void write(boolean withDetails, Deadline deadline) throws IOException {
        version = Math.max(version + 1, clock.millis());
        if (attempt(withDetails, deadline)) {
            return;
        }
        version = stored(deadline) + 1; // the clock went back since another process wrote it
        if (!attempt(withDetails, deadline)) {
            throw new SolrOutage("another worker with the same task writes to " + core.address() + " just now");
        }
    }

    /**
     * Writes the document again as an older version.
     *
     * @return whether it took no effect, as it must
     */
    boolean dropsStale(Deadline deadline) throws IOException {
        version--;
        return !attempt(false, deadline);
    }

    private boolean attempt(boolean withDetails, Deadline deadline) throws IOException {
        Offer offer = new Offer(
                id,
                0,
                "probe",
                "probe",
                48.85,
                2.35,
                "probe",
                "Written by Offerstorm to see whether Solr works",
                0,
                withDetails ? DETAILS : Details.NONE);
        SolrInputDocument document = OfferDocuments.live(offer, Cell.of("probe", Continent.UNKNOWN), version);
        document.setField(OfferFields.DELETED, true);
        return core.add(List.of(document), SolrSink.MAX_COMMIT_WITHIN_MILLIS, deadline) == 1;
    }

    private long stored(Deadline deadline) throws IOException {
        Object document = core.get("/get", Map.of("id", id, "fl", OfferFields.VERSION), deadline)
                .get("doc");
        return document instanceof SolrDocument fields
                        && fields.getFieldValue(OfferFields.VERSION) instanceof Number number
                ? number.longValue()
                : 0;
    }
}
