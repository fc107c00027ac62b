package org.offerstorm.dashboard.search;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.offerstorm.dashboard.search.SearchRequest.Filter;
import org.offerstorm.sinks.solr.QueryParameters;

/**
 * Solr's parameters of a request. Each text of a user is the value of a separate parameter, which fixed filters refer to;
 * a filter's value is never parsed.
 */
final class Parameters {
    static final String FIELDS =
            "id,name,company,contract_type,category,continent,profession_id,published_at," + "latitude,longitude";

    /** Stands in no text, for {@link org.offerstorm.core.model.Cell} holds no control character. */
    private static final String SEPARATOR = "\u001f";

    /** Columns that a heat map should have about; it has up to twice as many. */
    private static final int HEAT_COLUMNS = 32;

    private static final int FINEST_HEAT = 12; // 0.09°, as fine as the index is
    private static final String[][] AGES = {{"1d", "1"}, {"3d", "3"}, {"7d", "7"}, {"30d", "30"}};

    private Parameters() {}

    /** The offers, and on the first page what goes with them. */
    static QueryParameters search(SearchRequest request, Highlights highlights, Instant now) {
        QueryParameters query = base(request);
        query.set("rows", request.rows());
        query.set("fl", FIELDS);
        query.set("cursorMark", request.firstPage() ? "*" : request.cursor());
        switch (request.order()) {
            case RELEVANCE -> query.set("sort", "score desc,published_at desc,id asc");
            case NEWEST -> query.set("sort", "published_at desc,id asc");
            case NEAREST -> query.set("sort", "geodist() asc,id asc");
        }
        query.set("hl", true);
        query.set("hl.encoder", "simple"); // the page shows texts as texts
        query.set("hl.tag.pre", highlights.before());
        query.set("hl.tag.post", highlights.after());
        if (request.firstPage()) {
            query.set("json.facet", facets(request, now));
        }
        return query;
    }

    /** How many offers fit, and without which filter how many would; and another spelling. */
    static QueryParameters help(SearchRequest request) {
        QueryParameters query = base(request);
        query.set("rows", 0);
        query.set("hl", false);
        query.set("spellcheck", true);
        String counts = request.filters().stream()
                .map(filter -> filter.tag() + ":{type:query,q:\"*:*\",domain:{excludeTags:" + filter.tag() + "}}")
                .collect(Collectors.joining(","));
        query.set("json.facet", "{" + counts + "}");
        return query;
    }

    /** How many offers fit. */
    static QueryParameters count(SearchRequest request) {
        QueryParameters query = base(request);
        query.set("rows", 0);
        query.set("hl", false);
        return query;
    }

    private static QueryParameters base(SearchRequest request) {
        QueryParameters query = new QueryParameters();
        query.set("facet", false);
        query.set("spellcheck", false);
        String words = request.words().query(request.typing());
        if (!words.isEmpty()) {
            query.set("q", words);
            if (request.typing() && request.words().terms().size() == 1) {
                query.set("mm", 1); // its two readings are the whole query then, and one of them is enough
            }
        }
        terms(query, Filter.CONTINENT, "continent", request.continents());
        terms(query, Filter.CATEGORY, "category", spellings(request.categories()));
        terms(query, Filter.PROFESSION, "profession_id", request.professions());
        terms(query, Filter.CONTRACT, "contract_type_facet", spellings(request.contracts()));
        if (request.from() != null || request.to() != null) {
            query.add(
                    "fq",
                    String.format(
                            "{!tag=published}published_at:[%s TO %s]",
                            request.from() == null ? "*" : request.from(), request.to() == null ? "*" : request.to()));
        }
        if (request.near() != null) {
            query.set("sfield", "place");
            query.set("pt", request.near().asPoint());
            if (request.near().hasRadius()) {
                query.set("d", String.format(Locale.ROOT, "%.4f", request.near().radiusKm()));
                query.add("fq", "{!geofilt tag=radius}");
            }
        }
        if (request.box() != null) {
            query.add("fq", "{!tag=box}place:" + request.box().asRange());
        }
        return query;
    }

    /** These fields hold texts as they were sent, so with accents of either kind. */
    private static Set<String> spellings(Set<String> values) {
        Set<String> all = new LinkedHashSet<>(values);
        values.forEach(value -> all.addAll(List.of(Folded.composed(value), Folded.decomposed(value))));
        return all;
    }

    private static void terms(QueryParameters query, Filter filter, String field, Collection<?> values) {
        if (!values.isEmpty()) {
            String name = "filter." + filter.tag();
            query.set(name, values.stream().map(String::valueOf).collect(Collectors.joining(SEPARATOR)));
            query.add(
                    "fq",
                    "{!terms tag=" + filter.tag() + " f=" + field + " separator='" + SEPARATOR + "' v=$" + name + "}");
        }
    }

    /** Each facet counts without its own filter, so that its other values stay to be chosen. */
    private static String facets(SearchRequest request, Instant now) {
        StringBuilder json = new StringBuilder("{");
        json.append(terms(Filter.CONTINENT, "continent", 8)).append(',');
        json.append(terms(Filter.CATEGORY, "category", 100)).append(',');
        json.append(terms(Filter.PROFESSION, "profession_id", 30)).append(',');
        json.append(terms(Filter.CONTRACT, "contract_type_facet", 20));
        for (String[] age : AGES) {
            Instant from = now.minusSeconds(86_400L * Integer.parseInt(age[1]));
            json.append(",published_")
                    .append(age[0])
                    .append(":{type:query,q:\"{!lucene}published_at:[")
                    .append(Instant.ofEpochSecond(from.getEpochSecond() / 60 * 60))
                    .append(" TO *]\",domain:{excludeTags:published}}");
        }
        if (request.heat() != null) {
            json.append(",heat:{type:heatmap,field:location,geom:'")
                    .append(request.heat().asGeometry())
                    .append("',gridLevel:")
                    .append(heatLevel(request.heat()))
                    .append(",format:ints2D,domain:{excludeTags:box}}");
        }
        return json.append('}').toString();
    }

    private static String terms(Filter filter, String field, int limit) {
        return filter.tag() + ":{type:terms,field:" + field + ",limit:" + limit + ",domain:{excludeTags:" + filter.tag()
                + "}}";
    }

    /** Each level halves the cells; the first has two cells around the world. */
    static int heatLevel(Box box) {
        double share = Math.max(box.width() / 360, (box.north() - box.south()) / 180);
        double wanted = Math.log(HEAT_COLUMNS / Math.max(share, 1e-5)) / Math.log(2);
        return (int) Math.max(1, Math.min(FINEST_HEAT, Math.ceil(wanted)));
    }
}
