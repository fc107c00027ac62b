package org.offerstorm.sinks.solr;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.solr.common.util.NamedList;

/**
 * What a core uses of offerstorm-solr.jar (deploy/solr).
 *
 * @param idsAreFiltered {@code -Dofferstorm.solr.idType=filteredId}
 * @param mapsQuickly {@code -Dofferstorm.solr.mapping=quickMapping}
 */
record SolrExtension(boolean idsAreFiltered, boolean mapsQuickly) {
    private static final String FILTERED_ID = "filteredId";
    private static final String QUICK_MAPPING = "quickMapping";
    private static final String HOW = " (deploy/README.md)";

    /** @param idField the field of ids as Solr describes it, or null */
    static SolrExtension of(NamedList<?> idField, SolrCore core, Deadline deadline) throws IOException {
        return new SolrExtension(isFilteredId(idField), mapsQuickly(core, deadline));
    }

    /** Whether the field is of the type that the jar serves, which is as good as a string. */
    static boolean isFilteredId(NamedList<?> field) {
        return field != null && OfferFields.ID.equals(field.get("name")) && FILTERED_ID.equals(field.get("type"));
    }

    private static boolean mapsQuickly(SolrCore core, Deadline deadline) throws IOException {
        NamedList<?> answer = core.get("/schema/fieldtypes/text", Map.of(), deadline);
        return answer.get("fieldType") instanceof NamedList<?> type
                && type.get("indexAnalyzer") instanceof NamedList<?> analyzer
                && analyzer.get("charFilters") instanceof List<?> filters
                && filters.stream()
                        .anyMatch(filter ->
                                filter instanceof NamedList<?> named && QUICK_MAPPING.equals(named.get("name")));
    }

    /** For doctor's line about the schema. */
    String line() {
        String ids = idsAreFiltered
                ? "ids have a filter"
                : "ids have no filter: with offerstorm-solr.jar and its idType an update costs a third less" + HOW;
        String texts = mapsQuickly
                ? "texts are mapped quickly"
                : "texts are mapped by Lucene: with offerstorm-solr.jar and its mapping they cost less" + HOW;
        return ids + ", " + texts;
    }
}
