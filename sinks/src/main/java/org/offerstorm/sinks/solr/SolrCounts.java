package org.offerstorm.sinks.solr;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.solr.common.util.NamedList;
import org.offerstorm.core.model.Cell;

/** The table category × continent from Solr's facets over the live offers. Called by one thread. */
public final class SolrCounts {
    /** A commit of everything that a load left takes longer than an update. */
    private static final Duration COMMIT = Duration.ofSeconds(60);

    private final SolrCore core;
    private final Duration timeout;

    /** Does not connect. */
    public SolrCounts(SolrConfig config) {
        this.core = new SolrCore(config);
        this.timeout = config.timeout();
    }

    /**
     * Makes all earlier writes visible, and waits for that, at most 60 s.
     *
     * @throws IOException if Solr cannot be asked, with what to do
     */
    public void commit() throws IOException {
        core.get(
                "/update",
                Map.of("commit", "true", "softCommit", "true", "waitSearcher", "true"),
                Deadline.after(COMMIT));
    }

    /**
     * Live offers of each cell that has any, as they are visible now: some seconds behind what was written, unless
     * {@link #commit()} was called.
     *
     * @throws IOException if Solr cannot be asked, with what to do
     */
    public Map<Cell, Long> read() throws IOException {
        NamedList<?> answer = core.get(
                "/select",
                Map.of(
                        "q",
                        "*:*",
                        "rows",
                        "0",
                        "facet",
                        "true",
                        "facet.field",
                        OfferFields.CELL,
                        "facet.limit",
                        "-1",
                        "facet.mincount",
                        "1"),
                Deadline.after(timeout));
        if (!(answer.get("facet_counts") instanceof NamedList<?> facets
                && facets.get("facet_fields") instanceof NamedList<?> fields
                && fields.get(OfferFields.CELL) instanceof NamedList<?> cells)) {
            throw new SolrOutage(core.address() + " counts no cells; is it a core of conf/solr/offers?");
        }
        Map<Cell, Long> table = new HashMap<>();
        cells.forEach((key, count) -> table.put(Cell.ofKey(key), ((Number) count).longValue()));
        return table;
    }
}
