package org.offerstorm.sinks.solr;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.util.NamedList;
import org.offerstorm.core.sink.StatisticsReader;
import org.offerstorm.core.sink.StoreStatistics;
import org.offerstorm.core.sink.StoreStatistics.Figure;

/** Size and segments of the index, of all shards together, and its documents. Used by one thread. */
final class SolrStatistics implements StatisticsReader {
    private static final String METRICS = "/admin/metrics";
    private static final String BYTES = "INDEX.sizeInBytes";
    private static final String PARTS = "INDEX.segments";
    private static final String REPLACED = "SEARCHER.searcher.deletedDocs";
    /** Without the sink's own documents, which are marked deleted: the probe has a cell, and the source a blank id. */
    private static final String TOMBSTONES = "+deleted:true -cell:[* TO *] -id:\"" + SourceGuard.ID + "\"";

    private static final int FORBIDDEN = 403;

    private final SolrCore core;
    private final Duration timeout;

    /** @throws IllegalArgumentException if {@code solr.url} is not an http address */
    SolrStatistics(SolrConfig config) {
        this.core = new SolrCore(config);
        this.timeout = config.timeout();
    }

    @Override
    public StoreStatistics read() throws IOException {
        List<Figure> figures = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        try {
            index(figures);
        } catch (SolrOutage e) {
            if (e.status() != FORBIDDEN) {
                throw e;
            }
            missing.add("the user of solr.url may not read " + METRICS + "; permit it to see the index's size");
        }
        figures.add(Figure.number("documents_live", "Live offers", count("/select", "*:*")));
        figures.add(Figure.number("tombstones", "Deleted offers, kept as tombstones", count("/verify", TOMBSTONES)));
        return new StoreStatistics(figures, List.of(), missing);
    }

    private void index(List<Figure> figures) throws IOException {
        Deadline deadline = Deadline.after(timeout);
        List<ShardLeader> leaders = core.leaders(deadline);
        Index index = new Index();
        if (leaders.isEmpty()) {
            String name = "solr.core." + core.name();
            index.add(name, core.getFromNode(METRICS, wanted(name), deadline));
        }
        for (ShardLeader leader : leaders) {
            index.add(leader.metrics(), core.getFromNodeOf(leader, METRICS, wanted(leader.metrics()), deadline));
        }
        figures.add(Figure.bytes("index_bytes", "Index", index.bytes));
        figures.add(Figure.number("segments", "Segments", index.segments));
        figures.add(Figure.number("documents_replaced", "Replaced documents that a merge will remove", index.replaced));
    }

    private static Map<String, String> wanted(String registry) {
        return Map.of("registry", registry, "prefix", BYTES + "," + PARTS + "," + REPLACED, "compact", "true");
    }

    /** Of all shards together. */
    private static final class Index {
        private long bytes;
        private long segments;
        private long replaced;

        /** @throws SolrOutage if the answer says nothing of the core */
        void add(String registry, NamedList<?> answer) throws SolrOutage {
            if (!(answer.get("metrics") instanceof NamedList<?> metrics
                    && metrics.get(registry) instanceof NamedList<?> values
                    && values.get(BYTES) instanceof Number size)) {
                throw new SolrOutage(registry + " has no figures at " + METRICS + "; is solr.core right?");
            }
            bytes += size.longValue();
            segments += number(values, PARTS);
            replaced += number(values, REPLACED);
        }
    }

    private static long number(NamedList<?> values, String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private long count(String handler, String query) throws IOException {
        NamedList<?> answer = core.get(handler, Map.of("q", query, "rows", "0"), Deadline.after(timeout));
        return answer.get("response") instanceof SolrDocumentList documents ? documents.getNumFound() : 0;
    }

    @Override
    public boolean isCheap() {
        return true;
    }

    @Override
    public void close() {
        // Each request ends within the deadline, and the client's connections with their idle time.
    }
}
