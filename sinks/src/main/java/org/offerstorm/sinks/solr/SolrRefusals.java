package org.offerstorm.sinks.solr;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.solr.common.SolrInputDocument;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Upsert;

/**
 * Whether Solr refuses what somebody says it refused: writes the offer's fields as a document of the sink's own kind, with a
 * blank id and deleted, so that no user finds it. Called by one thread.
 */
public final class SolrRefusals {
    /** Beyond the probes of tasks and of the doctor. */
    private static final String ID = SourceGuard.ID.repeat(2_000);

    private static final Cell CELL = Cell.of("probe", Continent.UNKNOWN);

    private final SolrCore core;
    private final Duration timeout;
    private long version;

    /** Does not connect. */
    public SolrRefusals(SolrConfig config) {
        this.core = new SolrCore(config);
        this.timeout = config.timeout();
    }

    /**
     * Asks Solr.
     *
     * @throws IOException if it cannot be asked now
     */
    public boolean refuses(Change change) throws IOException {
        if (!(change instanceof Upsert upsert)) {
            return false; // a deletion has no field that could be wrong
        }
        version = Math.max(version + 1, System.currentTimeMillis());
        SolrInputDocument document = OfferDocuments.live(named(upsert.offer()), CELL, version);
        document.setField(OfferFields.DELETED, true);
        try {
            core.add(List.of(document), SolrSink.MAX_COMMIT_WITHIN_MILLIS, Deadline.after(timeout));
            return false;
        } catch (SolrRefusal e) {
            return true;
        }
    }

    private static Offer named(Offer offer) {
        return new Offer(
                ID,
                offer.professionId(),
                offer.contractType(),
                offer.name(),
                offer.latitude(),
                offer.longitude(),
                offer.company(),
                offer.description(),
                offer.publishedAtMillis(),
                offer.details());
    }
}
