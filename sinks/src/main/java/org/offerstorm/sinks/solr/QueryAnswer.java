package org.offerstorm.sinks.solr;

import java.util.List;
import java.util.Map;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.client.solrj.response.SpellCheckResponse;
import org.apache.solr.client.solrj.response.SpellCheckResponse.Collation;
import org.apache.solr.client.solrj.response.json.BucketBasedJsonFacet;
import org.apache.solr.client.solrj.response.json.HeatmapJsonFacet;
import org.apache.solr.client.solrj.response.json.NestableJsonFacet;

/** What Solr answers to a query; what was not asked for is empty, or null where that is said. Unchanging. */
public final class QueryAnswer {
    private final QueryResponse response;

    QueryAnswer(QueryResponse response) {
        this.response = response;
    }

    /** A value of a facet, and the offers that have it. */
    public record Bucket(String value, long count) {}

    /**
     * Offers by cells of a grid.
     *
     * @param west degrees, a bit beyond 180 perhaps; the other sides likewise
     * @param counts rows from north to south, each from west to east; null for a row without any
     */
    public record Heatmap(
            double west, double south, double east, double north, int columns, int rows, List<List<Integer>> counts) {}

    /**
     * Another spelling of the query.
     *
     * @param query as Solr's parsers take it
     * @param found offers that it finds
     */
    public record Spelling(String query, long found) {}

    /** Offers that fit, on this page or not. */
    public long found() {
        return response.getResults().getNumFound();
    }

    /** False if Solr ran out of time: there may be more. */
    public boolean complete() {
        return !Boolean.TRUE.equals(response.getHeader().getBooleanArg("partialResults"));
    }

    /** One page of offers, with the fields that were asked for. */
    public List<IndexedOffer> offers() {
        return response.getResults().stream().map(IndexedOffer::of).toList();
    }

    /**
     * Texts of an offer with what was found in them marked, by field.
     *
     * @param id of an offer on this page
     */
    public Map<String, List<String>> highlights(String id) {
        Map<String, Map<String, List<String>>> all = response.getHighlighting();
        return all == null ? Map.of() : all.getOrDefault(id, Map.of());
    }

    /** Where the next page begins; null if no cursor was asked for. */
    public String nextCursor() {
        return response.getNextCursorMark();
    }

    /** Offers of a facet that is a query. */
    public long count(String facet) {
        NestableJsonFacet facets = response.getJsonFacetingResponse();
        NestableJsonFacet query = facets == null ? null : facets.getQueryFacet(facet);
        return query == null ? 0 : query.getCount();
    }

    /** Values of a facet over a field, in the order of Solr. */
    public List<Bucket> buckets(String facet) {
        NestableJsonFacet facets = response.getJsonFacetingResponse();
        BucketBasedJsonFacet field = facets == null ? null : facets.getBucketBasedFacets(facet);
        return field == null
                ? List.of()
                : field.getBuckets().stream()
                        .map(bucket -> new Bucket(String.valueOf(bucket.getVal()), bucket.getCount()))
                        .toList();
    }

    /** A heat map, or null if there is none of that name. */
    public Heatmap heatmap(String facet) {
        NestableJsonFacet facets = response.getJsonFacetingResponse();
        HeatmapJsonFacet heat = facets == null ? null : facets.getHeatmapFacetByName(facet);
        return heat == null
                ? null
                : new Heatmap(
                        heat.getMinX(),
                        heat.getMinY(),
                        heat.getMaxX(),
                        heat.getMaxY(),
                        heat.getNumColumns(),
                        heat.getNumRows(),
                        heat.getCountGrid());
    }

    /** The best other spelling, or null if there is none. */
    public Spelling spelling() {
        SpellCheckResponse proposals = response.getSpellCheckResponse();
        List<Collation> collations = proposals == null ? null : proposals.getCollatedResults();
        return collations == null || collations.isEmpty()
                ? null
                : new Spelling(
                        collations.get(0).getCollationQueryString(),
                        collations.get(0).getNumberOfHits());
    }
}
