package org.offerstorm.tools.inspect;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.offerstorm.core.mapping.Pointer;
import org.offerstorm.core.mapping.StandardField;

/** What the records of a sample hold, place by place. */
final class DataProfile {
    /** Places that are looked at; more are only counted. */
    static final int MAX_PLACES = 500;

    private static final int MAX_DEPTH = 6;
    private static final Set<String> WRAPPERS = Set.of(
            "item",
            "node",
            "source",
            "properties",
            "attributes",
            "fields",
            "record",
            "document",
            "doc",
            "data",
            "row",
            "job",
            "offer",
            "posting",
            "vacancy");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Map<Pointer, FieldProfile> fields = new LinkedHashMap<>();
    private final Map<Pointer, Integer> points = new LinkedHashMap<>();
    private final Set<Pointer> left = new LinkedHashSet<>();
    private long records;
    private long invalid;

    private DataProfile() {}

    static DataProfile of(List<byte[]> sample) {
        DataProfile profile = new DataProfile();
        for (byte[] json : sample) {
            JsonNode node = parse(json);
            if (node == null) {
                profile.invalid++;
            } else {
                profile.add(node);
            }
        }
        profile.unwrap();
        return profile;
    }

    /** What a search engine, an API or a feed puts around each record is no part of the fields' names. */
    private void unwrap() {
        Map<String, List<FieldProfile>> below = new LinkedHashMap<>();
        for (FieldProfile field : fields.values()) {
            List<String> steps = field.pointer().steps();
            if (steps.size() > 1 && WRAPPERS.contains(Names.plain(steps.get(0)))) {
                below.computeIfAbsent(steps.get(0), step -> new ArrayList<>()).add(field);
            }
        }
        below.values().stream()
                .filter(wrapped -> wrapped.size() * 2 > fields.size())
                .forEach(wrapped -> wrapped.forEach(FieldProfile::unwrap));
    }

    /** The record; null if it is not a JSON object. */
    static JsonNode parse(byte[] json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            return node != null && node.isObject() ? node : null;
        } catch (IOException e) {
            return null; // the preview says what is wrong with it
        }
    }

    private void add(JsonNode record) {
        records++;
        Map<Pointer, List<JsonNode>> found = new LinkedHashMap<>();
        walk(record, List.of(), found);
        found.forEach((pointer, nodes) -> {
            if (fields.containsKey(pointer) || fields.size() < MAX_PLACES) {
                fields.computeIfAbsent(pointer, FieldProfile::new).add(nodes, records);
            } else if (left.size() < MAX_PLACES) {
                left.add(pointer);
            }
        });
    }

    private void walk(JsonNode node, List<String> steps, Map<Pointer, List<JsonNode>> found) {
        if (steps.size() > MAX_DEPTH) {
            return;
        }
        if (isPoint(node)) {
            points.merge(new Pointer(steps), 1, Integer::sum);
        } else if (node.isObject()) {
            node.properties().forEach(field -> walk(field.getValue(), below(steps, field.getKey()), found));
        } else if (isPair(node, steps)) {
            put(
                    found,
                    steps,
                    new TextNode(node.get(0).asText() + "," + node.get(1).asText()));
        } else if (node.isArray()) {
            node.forEach(item -> walk(item, below(steps, Pointer.EACH), found));
        } else {
            put(found, steps, node);
        }
    }

    private static void put(Map<Pointer, List<JsonNode>> found, List<String> steps, JsonNode node) {
        found.computeIfAbsent(new Pointer(steps), pointer -> new ArrayList<>()).add(node);
    }

    private static List<String> below(List<String> steps, String step) {
        List<String> below = new ArrayList<>(steps);
        below.add(step);
        return below;
    }

    private static boolean isPoint(JsonNode node) {
        return node.isObject()
                && node.path("type").asText().equals("Point")
                && node.path("coordinates").size() >= 2;
    }

    private static boolean isPair(JsonNode node, List<String> steps) {
        return node.isArray()
                && node.size() == 2
                && node.get(0).isNumber()
                && node.get(1).isNumber()
                && Names.rank(StandardField.LOCATION, Names.plain(String.join("_", steps))) != Names.NONE;
    }

    /** In the order in which they are first there. */
    List<FieldProfile> fields() {
        return List.copyOf(fields.values());
    }

    /** Places of GeoJSON points, and in how many records. */
    Map<Pointer, Integer> points() {
        return points;
    }

    /** Places beyond those that are looked at. */
    Set<Pointer> left() {
        return left;
    }

    /** Records that are JSON objects. */
    long records() {
        return records;
    }

    /** Records that are not. */
    long invalid() {
        return invalid;
    }
}
