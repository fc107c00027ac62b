package org.offerstorm.sinks.solr;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Parameters of a query, each with one value or several, in the order in which they came. Used by one thread. */
public final class QueryParameters {
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /** Makes this the one value; what it had before is gone. */
    public void set(String name, Object value) {
        List<String> one = new ArrayList<>();
        one.add(Objects.requireNonNull(value, name).toString());
        values.put(name, one);
    }

    /** Adds a value to those that it has. */
    public void add(String name, String value) {
        values.computeIfAbsent(name, first -> new ArrayList<>()).add(Objects.requireNonNull(value, name));
    }

    /** As a browser sends a form. */
    String form() {
        StringBuilder form = new StringBuilder();
        values.forEach((name, all) -> all.forEach(value -> form.append(form.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8))));
        return form.toString();
    }
}
