package org.offerstorm.dashboard.search;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.offerstorm.core.model.Continent;

/**
 * What a user searches for. Made by {@link RequestReader}, which has checked all of it.
 *
 * @param words what is typed
 * @param typing whether the last word may be incomplete
 * @param near null for anywhere
 * @param continents those that fit; empty for all
 * @param categories those that fit; empty for all
 * @param professions ids of those that fit; empty for all
 * @param contracts contract types that fit; empty for all
 * @param wanted what the details of offers must be
 * @param from published then or later, or null
 * @param to published then or earlier, or null
 * @param box offers within, or null
 * @param heat the part of the world that a heat map is wanted of, or null
 * @param cursor where the last page ended, or null for the first page
 * @param rows offers on a page, 1 to {@link #MAX_ROWS}
 */
public record SearchRequest(
        Words words,
        boolean typing,
        Near near,
        Set<Continent> continents,
        Set<String> categories,
        Set<Long> professions,
        Set<String> contracts,
        Wanted wanted,
        Instant from,
        Instant to,
        Box box,
        Box heat,
        Order order,
        PageStart cursor,
        int rows) {
    public static final int MAX_ROWS = 100;

    /** Order of the offers. */
    public enum Order {
        RELEVANCE,
        NEWEST,
        NEAREST
    }

    /** What narrows a search in addition to its words. */
    enum Filter {
        CONTINENT,
        CATEGORY,
        PROFESSION,
        CONTRACT,
        PUBLISHED,
        RADIUS,
        BOX,
        CITY,
        COUNTRY,
        REMOTE,
        SALARY;

        /** Name of the filter in a request of Solr, and in the API. */
        String tag() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    boolean firstPage() {
        return cursor == null;
    }

    /** The filters in use, by what Solr's parameters call them. */
    List<String> filters() {
        Map<Filter, Boolean> used = new EnumMap<>(Filter.class);
        used.put(Filter.CONTINENT, !continents.isEmpty());
        used.put(Filter.CATEGORY, !categories.isEmpty());
        used.put(Filter.PROFESSION, !professions.isEmpty());
        used.put(Filter.CONTRACT, !contracts.isEmpty());
        used.put(Filter.PUBLISHED, from != null || to != null);
        used.put(Filter.RADIUS, near != null && near.hasRadius());
        used.put(Filter.BOX, box != null);
        used.put(Filter.CITY, !wanted.cities().isEmpty());
        used.put(Filter.COUNTRY, !wanted.countries().isEmpty());
        used.put(Filter.REMOTE, !wanted.remote().isEmpty());
        used.put(Filter.SALARY, wanted.pay() != null);
        used.values().removeIf(yes -> !yes);
        return Stream.concat(
                        used.keySet().stream().map(Filter::tag),
                        wanted.fields().stream().map(FieldFilter::tag))
                .toList();
    }

    /** The same search for other words, without filters. */
    SearchRequest bare(Words other) {
        return new SearchRequest(
                other,
                false,
                null,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Wanted.NOTHING,
                null,
                null,
                null,
                null,
                Order.RELEVANCE,
                null,
                1);
    }

    /** The same search for other words, filters and all. */
    SearchRequest with(Words other) {
        return new SearchRequest(
                other,
                false,
                near,
                continents,
                categories,
                professions,
                contracts,
                wanted,
                from,
                to,
                box,
                null,
                order,
                null,
                1);
    }
}
