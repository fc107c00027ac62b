package org.offerstorm.sinks.solr;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Offer;

/**
 * A valid document with every field, one for each task, written again and again. It distinguishes a core that refuses a
 * document from one that refuses everything (a field missing from the schema). Its write always takes effect and so
 * always ends in an fsync of the update log, including the entries of other requests.
 */
final class Probe {
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
     * @throws SolrRefusal if even this is refused
     * @throws SolrOutage if it is not known to be written
     */
    void write(Deadline deadline) throws IOException {
        version = Math.max(version + 1, clock.millis());
        if (attempt(deadline)) {
            return;
        }
        version = stored(deadline) + 1; // the clock went back since another process wrote it
        if (!attempt(deadline)) {
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
        return !attempt(deadline);
    }

    private boolean attempt(Deadline deadline) throws IOException {
        Offer offer = new Offer(
                id, 0, "probe", "probe", 48.85, 2.35, "probe", "Written by Offerstorm to see whether Solr works", 0);
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
