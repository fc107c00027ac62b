package org.offerstorm.dashboard.search;

import java.util.List;
import java.util.Map;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.dashboard.search.Highlights.Part;

/**
 * What was found.
 *
 * @param total offers that fit
 * @param complete false if Solr ran out of time: there may be more
 * @param offers one page of them
 * @param facets by name; only on the first page
 * @param heat null if none was asked for
 * @param next where the next page begins, or null at the end
 * @param help null unless nothing was found
 * @param notice why nothing can be found, or null: what was typed holds nothing to search for
 */
public record SearchResult(
        long total,
        boolean complete,
        List<Hit> offers,
        Map<String, List<Value>> facets,
        Heat heat,
        String next,
        Help help,
        String notice) {
    /** No offers, because nothing was asked. */
    static SearchResult nothing(String notice) {
        return new SearchResult(
                0, true, List.of(), Map.of(), null, null, new Help(null, 0, false, List.of(), List.of()), notice);
    }

    /**
     * An offer.
     *
     * @param title the name in parts, those found marked
     * @param excerpt of the description; empty if it has none
     * @param description all of it; null in a list
     * @param profession its name; null if the table has none
     * @param details what few offers have
     * @param fields its further fields in the order of the mapping; texts are left out of a list
     * @param distanceKm NaN if nobody asked or the offer has no place
     */
    public record Hit(
            String id,
            String name,
            List<Part> title,
            String company,
            String contract,
            String category,
            String continent,
            Long professionId,
            String profession,
            Long publishedAt,
            Double latitude,
            Double longitude,
            double distanceKm,
            List<List<Part>> excerpt,
            String description,
            Details details,
            List<FieldValue> fields) {}

    /** A value of a facet, with the offers that have it. */
    public record Value(String value, String name, long count, boolean selected) {}

    /** Offers by cells of a grid; rows from north to south, each from west to east. Null for a row without any. */
    public record Heat(Box box, int columns, int rows, List<List<Integer>> counts) {}

    /**
     * What would find something.
     *
     * @param spelling null if there is no other
     * @param spellingTotal offers that it finds
     * @param spellingBare whether it finds them only without the filters
     */
    public record Help(
            String spelling, long spellingTotal, boolean spellingBare, List<Without> without, List<Fewer> fewer) {}

    /** How many offers there are without a filter. */
    public record Without(String filter, long total) {}

    /** How many offers there are for fewer words. */
    public record Fewer(String query, long total) {}
}
