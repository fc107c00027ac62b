package org.offerstorm.dashboard.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.core.reference.Professions.Profession;
import org.offerstorm.dashboard.search.Highlights.Part;
import org.offerstorm.dashboard.search.SearchRequest.Filter;
import org.offerstorm.dashboard.search.SearchResult.Heat;
import org.offerstorm.dashboard.search.SearchResult.Hit;
import org.offerstorm.dashboard.search.SearchResult.Value;
import org.offerstorm.sinks.solr.IndexedOffer;
import org.offerstorm.sinks.solr.QueryAnswer;
import org.offerstorm.sinks.solr.QueryAnswer.Bucket;
import org.offerstorm.sinks.solr.QueryAnswer.Heatmap;

/** Reads Solr's answers. Safe for use by several threads. */
final class ResponseReader {
    private static final List<String> AGES = List.of("1d", "3d", "7d", "30d");
    /** What Solr makes of half a surrogate pair, where it cut a contract type for the facet. */
    private static final String HALF = "\uFFFD";

    private final Map<Long, String> professions;

    private final List<DataField> fields;

    ResponseReader(DataSet data) {
        this.fields = data.fields();
        this.professions =
                data.professions().table().stream().collect(Collectors.toMap(Profession::id, Profession::name));
    }

    List<Hit> hits(QueryAnswer answer, Near near, Highlights highlights) {
        List<Hit> hits = new ArrayList<>();
        for (IndexedOffer offer : answer.offers()) {
            hits.add(hit(offer, near, answer.highlights(offer.id()), highlights));
        }
        return hits;
    }

    /** An offer with all of its description. */
    Hit whole(IndexedOffer offer) {
        return hit(offer, null, Map.of(), null);
    }

    private Hit hit(IndexedOffer offer, Near near, Map<String, List<String>> marked, Highlights highlights) {
        List<String> title = marked.get("name");
        List<List<Part>> excerpt = marked.getOrDefault("description", List.of()).stream()
                .map(text -> highlights.parts(text))
                .toList();
        return new Hit(
                offer.id(),
                offer.name(),
                title == null || title.isEmpty()
                        ? List.of(new Part(offer.name(), false))
                        : highlights.parts(title.get(0)),
                offer.company(),
                offer.contractType(),
                offer.category(),
                offer.continent(),
                offer.professionId(),
                offer.professionId() == null ? null : professions.get(offer.professionId()),
                offer.publishedAtMillis(),
                offer.latitude(),
                offer.longitude(),
                near == null || offer.latitude() == null || offer.longitude() == null
                        ? Double.NaN
                        : near.distanceKm(offer.latitude(), offer.longitude()),
                Excerpt.of(excerpt),
                offer.description(),
                offer.details(),
                ordered(offer.details().fields()));
    }

    /** In the order of the mapping; those that it no longer has come last. */
    private List<FieldValue> ordered(List<FieldValue> values) {
        if (values.size() < 2) {
            return values;
        }
        List<String> order = fields.stream().map(DataField::name).toList();
        return values.stream()
                .sorted(Comparator.comparingInt(
                        value -> order.indexOf(value.field().name()) & Integer.MAX_VALUE))
                .toList();
    }

    Map<String, List<Value>> facets(QueryAnswer answer, SearchRequest request) {
        Map<String, List<Value>> facets = new LinkedHashMap<>();
        facets.put(
                "continent", values(answer, Filter.CONTINENT, names(request.continents()), ResponseReader::continent));
        facets.put("category", values(answer, Filter.CATEGORY, request.categories(), name -> name));
        facets.put(
                "profession",
                values(
                        answer,
                        Filter.PROFESSION,
                        names(request.professions()),
                        id -> professions.getOrDefault(Long.valueOf(id), "Profession " + id)));
        facets.put("contract", values(answer, Filter.CONTRACT, request.contracts(), ResponseReader::whole));
        List<Value> ages = new ArrayList<>();
        for (String age : AGES) {
            ages.add(new Value(age, age, answer.count("published_" + age), false));
        }
        facets.put("published", ages);
        facets.put(
                "remote",
                values(answer, Filter.REMOTE.tag(), names(request.wanted().remote()), name -> name, value -> value));
        facets.put("city", folded(answer, Filter.CITY.tag(), request.wanted().cities()));
        facets.put(
                "country", folded(answer, Filter.COUNTRY.tag(), request.wanted().countries()));
        Wanted.Pay pay = request.wanted().pay();
        facets.put("salary", List.of(new Value("any", "any", answer.count("salary"), pay != null)));
        facets.put("salary_currency", folded(answer, "salary_currency", chosen(pay == null ? null : pay.currency())));
        facets.put("salary_period", folded(answer, "salary_period", chosen(pay == null ? null : pay.period())));
        for (DataField field : Parameters.facets(fields)) {
            Set<String> selected = Set.of();
            for (FieldFilter filter : request.wanted().fields()) {
                if (filter.field().equals(field)) {
                    selected = filter.values();
                }
            }
            facets.put(FieldFilter.tag(field), folded(answer, FieldFilter.tag(field), selected));
        }
        return facets;
    }

    private static Set<String> chosen(String value) {
        return value == null ? Set.of() : Set.of(value);
    }

    private static List<Value> folded(QueryAnswer answer, String facet, Set<String> selected) {
        return values(answer, facet, selected, name -> name, Folded::keyword);
    }

    private static Set<String> names(Set<?> values) {
        return values.stream()
                .map(value -> value instanceof Continent continent ? continent.name() : String.valueOf(value))
                .collect(Collectors.toSet());
    }

    private static String continent(String id) {
        return Continent.valueOf(id).label();
    }

    /** Spellings of one value are one entry. What is chosen is in the list also when nothing has it. */
    private static List<Value> values(
            QueryAnswer answer, Filter filter, Set<String> selected, Function<String, String> name) {
        return values(answer, filter.tag(), selected, name, Folded::composed);
    }

    private static List<Value> values(
            QueryAnswer answer,
            String facet,
            Set<String> selected,
            Function<String, String> name,
            UnaryOperator<String> same) {
        Map<String, Value> values = new LinkedHashMap<>();
        Set<String> chosen = selected.stream().map(same).collect(Collectors.toSet());
        for (Bucket bucket : answer.buckets(facet)) {
            String value = bucket.value();
            String key = same.apply(value);
            values.merge(
                    key,
                    new Value(value, name.apply(value), bucket.count(), chosen.contains(key)),
                    (most, other) ->
                            new Value(most.value(), most.name(), most.count() + other.count(), most.selected()));
        }
        for (String value : selected) {
            values.putIfAbsent(same.apply(value), new Value(value, name.apply(value), 0, true));
        }
        return values.values().stream()
                .sorted(Comparator.comparingLong(Value::count).reversed())
                .toList();
    }

    /** Cut for the facet at a number of chars, perhaps within a pair of them. */
    private static String whole(String contract) {
        return contract.endsWith(HALF) ? contract.substring(0, contract.length() - 1) : contract;
    }

    Heat heat(QueryAnswer answer) {
        Heatmap heat = answer.heatmap("heat");
        return heat == null
                ? null
                : new Heat(
                        new Box(
                                bounded(heat.west(), 180),
                                bounded(heat.south(), 90),
                                bounded(heat.east(), 180),
                                bounded(heat.north(), 90)),
                        heat.columns(),
                        heat.rows(),
                        heat.counts());
    }

    private static double bounded(double degrees, double most) {
        return Math.max(-most, Math.min(most, degrees));
    }
}
