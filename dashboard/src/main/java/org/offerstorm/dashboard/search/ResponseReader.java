package org.offerstorm.dashboard.search;

import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.client.solrj.response.json.BucketBasedJsonFacet;
import org.apache.solr.client.solrj.response.json.HeatmapJsonFacet;
import org.apache.solr.client.solrj.response.json.NestableJsonFacet;
import org.apache.solr.common.SolrDocument;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.core.reference.Professions.Profession;
import org.offerstorm.dashboard.search.Highlights.Part;
import org.offerstorm.dashboard.search.SearchRequest.Filter;
import org.offerstorm.dashboard.search.SearchResult.Heat;
import org.offerstorm.dashboard.search.SearchResult.Hit;
import org.offerstorm.dashboard.search.SearchResult.Value;

/** Reads Solr's answers. Safe for use by several threads. */
final class ResponseReader {
    private static final List<String> AGES = List.of("1d", "3d", "7d", "30d");
    private static final int EXCERPT = 280;

    private final Map<Long, String> professions;

    ResponseReader(Professions table) {
        this.professions = table.table().stream().collect(Collectors.toMap(Profession::id, Profession::name));
    }

    List<Hit> hits(QueryResponse answer, Near near, Highlights highlights) {
        Map<String, Map<String, List<String>>> marked =
                answer.getHighlighting() == null ? Map.of() : answer.getHighlighting();
        List<Hit> hits = new ArrayList<>();
        for (SolrDocument document : answer.getResults()) {
            hits.add(hit(document, near, marked.get(text(document, "id")), highlights));
        }
        return hits;
    }

    /** An offer with all of its description. */
    Hit whole(SolrDocument document, Near near) {
        return hit(document, near, null, null);
    }

    @SuppressWarnings("JavaUtilDate") // javabin's type for a date
    private Hit hit(SolrDocument document, Near near, Map<String, List<String>> marked, Highlights highlights) {
        String name = text(document, "name");
        Double latitude = (Double) document.getFieldValue("latitude");
        Double longitude = (Double) document.getFieldValue("longitude");
        Long profession = (Long) document.getFieldValue("profession_id");
        Date published = (Date) document.getFieldValue("published_at");
        List<String> title = marked == null ? null : marked.get("name");
        List<List<Part>> excerpt = new ArrayList<>();
        if (marked != null && marked.get("description") != null) {
            marked.get("description").forEach(text -> excerpt.add(highlights.parts(shortened(text))));
        }
        return new Hit(
                text(document, "id"),
                name,
                title == null || title.isEmpty() ? List.of(new Part(name, false)) : highlights.parts(title.get(0)),
                text(document, "company"),
                text(document, "contract_type"),
                text(document, "category"),
                text(document, "continent"),
                profession,
                profession == null ? null : professions.get(profession),
                published == null ? null : published.getTime(),
                latitude,
                longitude,
                near == null || latitude == null || longitude == null
                        ? Double.NaN
                        : near.distanceKm(latitude, longitude),
                excerpt,
                text(document, "description"));
    }

    /** A sentence may be as long as the description; marks are not cut, for they stand near what was found. */
    private static String shortened(String text) {
        return text.length() <= 3 * EXCERPT ? text : text.substring(0, 3 * EXCERPT) + "…";
    }

    Map<String, List<Value>> facets(QueryResponse answer, SearchRequest request) {
        NestableJsonFacet found = answer.getJsonFacetingResponse();
        Map<String, List<Value>> facets = new LinkedHashMap<>();
        facets.put(
                "continent", values(found, Filter.CONTINENT, names(request.continents()), ResponseReader::continent));
        facets.put("category", values(found, Filter.CATEGORY, request.categories(), name -> name));
        facets.put(
                "profession",
                values(
                        found,
                        Filter.PROFESSION,
                        names(request.professions()),
                        id -> professions.getOrDefault(Long.valueOf(id), "Profession " + id)));
        facets.put("contract", values(found, Filter.CONTRACT, request.contracts(), name -> name));
        List<Value> ages = new ArrayList<>();
        for (String age : AGES) {
            NestableJsonFacet count = found.getQueryFacet("published_" + age);
            ages.add(new Value(age, age, count == null ? 0 : count.getCount(), false));
        }
        facets.put("published", ages);
        return facets;
    }

    private static Set<String> names(Set<?> values) {
        return values.stream()
                .map(value -> value instanceof Continent continent ? continent.name() : String.valueOf(value))
                .collect(Collectors.toSet());
    }

    private static String continent(String id) {
        return Continent.valueOf(id).label();
    }

    /** What is chosen is in the list also when nothing has it. */
    private static List<Value> values(
            NestableJsonFacet found, Filter filter, Set<String> selected, Function<String, String> name) {
        List<Value> values = new ArrayList<>();
        BucketBasedJsonFacet buckets = found.getBucketBasedFacets(filter.tag());
        if (buckets != null) {
            buckets.getBuckets().forEach(bucket -> {
                String value = String.valueOf(bucket.getVal());
                values.add(new Value(value, name.apply(value), bucket.getCount(), selected.contains(value)));
            });
        }
        for (String value : selected) {
            if (values.stream().noneMatch(known -> known.value().equals(value))) {
                values.add(new Value(value, name.apply(value), 0, true));
            }
        }
        return values;
    }

    Heat heat(QueryResponse answer) {
        HeatmapJsonFacet heat = answer.getJsonFacetingResponse().getHeatmapFacetByName("heat");
        return heat == null
                ? null
                : new Heat(
                        new Box(
                                bounded(heat.getMinX(), 180),
                                bounded(heat.getMinY(), 90),
                                bounded(heat.getMaxX(), 180),
                                bounded(heat.getMaxY(), 90)),
                        heat.getNumColumns(),
                        heat.getNumRows(),
                        heat.getCountGrid());
    }

    private static double bounded(double degrees, double most) {
        return Math.max(-most, Math.min(most, degrees));
    }

    private static String text(SolrDocument document, String field) {
        return (String) document.getFirstValue(field);
    }
}
