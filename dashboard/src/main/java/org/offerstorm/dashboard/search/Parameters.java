package org.offerstorm.dashboard.search;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.offerstorm.core.model.DataField;
import org.offerstorm.dashboard.search.SearchRequest.Filter;
import org.offerstorm.sinks.solr.OfferFields;
import org.offerstorm.sinks.solr.QueryParameters;

/**
 * Solr's parameters of a request. Each text of a user is the value of a separate parameter, which fixed filters refer to;
 * a filter's value is never parsed.
 */
final class Parameters {
    static final String FIELDS =
            "id,name,company,contract_type,category,continent,profession_id,published_at,latitude,longitude";

    /** Texts of further fields may be long, and a list does not show them. */
    private static final String LISTED = FIELDS + "," + OfferFields.LISTED;

    /** Stands in no text, for {@link org.offerstorm.core.model.Cell} holds no control character. */
    private static final String SEPARATOR = "\u001f";

    /** Each costs a count of all that was found. */
    static final int MOST_FACETS = 20;

    /** Columns that a heat map should have about; it has up to twice as many. */
    private static final int HEAT_COLUMNS = 32;

    private static final int FINEST_HEAT = 12; // 0.09°, as fine as the index is
    private static final String[][] AGES = {{"1d", "1"}, {"3d", "3"}, {"7d", "7"}, {"30d", "30"}};

    private Parameters() {}

    /**
     * The offers, and on the first page what goes with them.
     *
     * @param start where the page begins
     * @param fields further fields, of which some are facets; null if the core's schema has no details
     */
    static QueryParameters search(
            SearchRequest request, Highlights highlights, PageStart start, List<DataField> fields) {
        QueryParameters query = base(request);
        query.set("rows", request.rows());
        query.set("fl", LISTED);
        query.set("cursorMark", start.mark());
        query.set("NOW", start.time().toEpochMilli());
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
            query.set("json.facet", facets(request, start.time(), fields));
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
                .map(filter -> '"' + filter + "\":{type:query,q:\"*:*\",domain:{excludeTags:\"" + filter + "\"}}")
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
        wanted(query, request.wanted());
        if (request.from() != null || request.to() != null) {
            query.add(
                    "fq",
                    String.format(
                            Locale.ROOT,
                            "{!tag=published}published_at:[%s TO %s]",
                            request.from() == null ? "*" : request.from(),
                            request.to() == null ? "*" : request.to()));
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

    private static void wanted(QueryParameters query, Wanted wanted) {
        anyOf(query, Filter.CITY.tag(), "city", wanted.cities());
        anyOf(query, Filter.COUNTRY.tag(), "country", wanted.countries());
        terms(query, Filter.REMOTE, "remote", wanted.remote());
        if (wanted.pay() != null) {
            Wanted.Pay pay = wanted.pay();
            if (pay.from() != null) {
                // Of a salary with two ends the upper one is the greater.
                query.add(
                        "fq",
                        "{!tag=salary}salary_max:[" + pay.from() + " TO *] OR salary_min:[" + pay.from() + " TO *]");
            }
            if (pay.currency() != null) {
                query.add("fq", "{!term tag=salary f=salary_currency}" + pay.currency());
            }
            if (pay.period() != null) {
                query.add("fq", "{!term tag=salary f=salary_period}" + pay.period());
            }
        }
        for (FieldFilter filter : wanted.fields()) {
            String name = OfferFields.further(filter.field());
            switch (filter.field().type()) {
                case KEYWORD, KEYWORDS, BOOLEAN -> anyOf(query, filter.tag(), name, filter.values());
                case TEXT -> {
                    query.set("filter." + filter.tag(), filter.words().query(false));
                    query.add(
                            "fq",
                            "{!simple tag=" + filter.tag() + " qf=" + name
                                    + " q.op=AND q.operators='NOT,PHRASE,WHITESPACE,ESCAPE' v=$filter." + filter.tag()
                                    + "}");
                }
                case INTEGER, DECIMAL, DATE ->
                    query.add(
                            "fq",
                            "{!tag=" + filter.tag() + "}" + name + ":[" + (filter.from() == null ? "*" : filter.from())
                                    + " TO " + (filter.to() == null ? "*" : filter.to()) + "]");
            }
        }
    }

    /** Each value is analysed as the field's are, so that its case and accents do not matter. */
    private static void anyOf(QueryParameters query, String tag, String field, Set<String> values) {
        if (values.isEmpty()) {
            return;
        }
        StringBuilder filter = new StringBuilder("{!bool tag=").append(tag);
        int i = 0;
        for (String value : values) {
            String name = "filter." + tag + "." + i++;
            query.set(name, value);
            filter.append(" should='{!field f=")
                    .append(field)
                    .append(" v=$")
                    .append(name)
                    .append("}'");
        }
        query.add("fq", filter.append('}').toString());
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
    private static String facets(SearchRequest request, Instant now, List<DataField> fields) {
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
        if (fields != null) {
            details(json, fields);
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

    private static void details(StringBuilder json, List<DataField> fields) {
        json.append(',').append(terms(Filter.REMOTE, "remote", 2));
        json.append(',').append(terms(Filter.CITY, "city", 30));
        json.append(',').append(terms(Filter.COUNTRY, "country", 30));
        json.append(',').append(terms("salary_currency", Filter.SALARY.tag(), "salary_currency", 10));
        json.append(',').append(terms("salary_period", Filter.SALARY.tag(), "salary_period", 5));
        json.append(",salary:{type:query,q:\"{!lucene}salary_min:[* TO *] OR salary_max:[* TO *]\""
                + ",domain:{excludeTags:salary}}");
        for (DataField field : facets(fields)) {
            String tag = FieldFilter.tag(field);
            json.append(',').append(terms(tag, tag, OfferFields.further(field), 30));
        }
    }

    /** Further fields whose values are counted. */
    static List<DataField> facets(List<DataField> fields) {
        return fields.stream().filter(DataField::facet).limit(MOST_FACETS).toList();
    }

    private static String terms(String name, String tag, String field, int limit) {
        return '"' + name + "\":{type:terms,field:" + field + ",limit:" + limit + ",domain:{excludeTags:\"" + tag
                + "\"}}";
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
