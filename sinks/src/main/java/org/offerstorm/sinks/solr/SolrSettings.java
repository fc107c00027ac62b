package org.offerstorm.sinks.solr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.solr.common.util.NamedList;

/**
 * What a core's {@code /config} says of durability and versions.
 *
 * @param syncLevel of the update log; empty if the core has no update log
 * @param comparesVersions whether its default update chain compares versions
 */
record SolrSettings(String syncLevel, boolean comparesVersions) {
    private static final String VERSIONS = "DocBasedVersionConstraintsProcessorFactory";

    static SolrSettings of(NamedList<?> answer) {
        Map<?, ?> config = map(answer.get("config"));
        String syncLevel = "";
        for (Map.Entry<?, ?> entry : config.entrySet()) {
            // Solr 9 puts it under "updateHandlerupdateLog", named by its path in solrconfig.xml.
            if (String.valueOf(entry.getKey()).endsWith("updateLog")) {
                Object level = map(entry.getValue()).get("syncLevel");
                syncLevel = level == null ? "FLUSH" : level.toString(); // Solr's default
            }
        }
        boolean versions = false;
        for (Object chain : list(config.get("updateRequestProcessorChain"))) {
            Map<?, ?> fields = map(chain);
            if ("true".equals(String.valueOf(fields.get("default")))
                    && fields.toString().contains(VERSIONS)) {
                versions = true;
            }
        }
        return new SolrSettings(syncLevel, versions);
    }

    private static Map<?, ?> map(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        Map<String, Object> map = new HashMap<>();
        if (value instanceof NamedList<?> named) {
            named.forEach(map::put);
        }
        return map;
    }

    private static List<?> list(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        return value == null ? List.of() : new ArrayList<>(List.of(value));
    }
}
