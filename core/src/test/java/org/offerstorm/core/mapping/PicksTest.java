package org.offerstorm.core.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.parse.DocumentReader;

/** What is picked from a stream of tokens is what a plain walk through the tree finds. */
class PicksTest {
    private static final long SEED = Long.getLong("offerstorm.fuzz.seed", 20260101L);
    private static final int MAPPINGS = 300;
    private static final int DOCUMENTS = 100;
    private static final String[] STEPS = {"a", "b", "*", "0", "1", "00", "", "2"};

    private final ObjectMapper mapper = new ObjectMapper();
    private final Random random = new Random(SEED);

    @Test
    void a_stream_and_a_tree_give_the_same_picks() throws IOException {
        DocumentReader reader = new DocumentReader();
        int found = 0;
        for (int n = 0; n < MAPPINGS; n++) {
            Set<Pointer> pointers = new LinkedHashSet<>();
            for (int i = 1 + random.nextInt(8); i > 0; i--) {
                pointers.add(pointer());
            }
            Picks streamed = new Picks(pointers);
            Picks walked = new Picks(pointers);
            for (int m = 0; m < DOCUMENTS; m++) {
                StringBuilder json = new StringBuilder();
                object(json, 0);
                Node tree = tree(mapper.readTree(json.toString()));
                streamed.begin();
                reader.read(json.toString().getBytes(UTF_8), streamed);
                walked.read(tree);
                for (Pointer pointer : pointers) {
                    int slot = streamed.slot(pointer);
                    Node expected = expected(tree, pointer);
                    assertThat(streamed.get(slot))
                            .as("%s in %s, seed %d", pointer, json, SEED)
                            .isEqualTo(expected);
                    assertThat(walked.get(slot))
                            .as("%s in the tree of %s", pointer, json)
                            .isEqualTo(expected);
                    found += expected == null ? 0 : 1;
                }
            }
        }
        assertThat(found).isGreaterThan(MAPPINGS * DOCUMENTS / 10);
    }

    /** More names at one place than a word has bits. */
    @Test
    void a_hundred_fields_are_picked_and_none_may_come_twice() {
        Mappings mappings = Mappings.named();
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 100; i++) {
            mappings.with("f" + i, FieldType.INTEGER, Mappings.at("x" + i));
            json.append(i == 0 ? "" : ",").append("'x").append(i).append("':").append(i);
        }
        MappedParser parser = mappings.parser();
        assertThat(Mappings.offer(parser, json + "}").details().fields())
                .hasSize(100)
                .allMatch(value -> value.field().name().equals("f" + value.value()));
        for (int i : new int[] {0, 63, 64, 99}) {
            assertThat(Mappings.refusal(parser, json + ",'x" + i + "':0}")).startsWith("duplicate_field");
        }
    }

    private Pointer pointer() {
        List<String> steps = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            steps.add(STEPS[random.nextInt(STEPS.length)]);
        }
        return new Pointer(steps);
    }

    private static Node expected(Node tree, Pointer pointer) {
        List<Node> hits = new ArrayList<>();
        walk(tree, pointer.steps(), hits);
        if (pointer.steps().contains(Pointer.EACH)) {
            return hits.isEmpty() ? null : new Node.Items(hits);
        }
        return hits.isEmpty() ? null : hits.get(0);
    }

    private static void walk(Node node, List<String> steps, List<Node> hits) {
        if (node == null) {
            return;
        }
        if (steps.isEmpty()) {
            hits.add(node);
            return;
        }
        List<String> rest = steps.subList(1, steps.size());
        String step = steps.get(0);
        if (node instanceof Node.Fields fields) {
            walk(fields.values().get(step), rest, hits);
        } else if (node instanceof Node.Items items && step.equals(Pointer.EACH)) {
            items.values().forEach(item -> walk(item, rest, hits));
        } else if (node instanceof Node.Items items && step.matches("0|[1-9][0-9]*")) {
            int index = Integer.parseInt(step);
            walk(index < items.values().size() ? items.values().get(index) : null, rest, hits);
        }
    }

    private static Node tree(JsonNode json) {
        if (json.isObject()) {
            Map<String, Node> fields = new LinkedHashMap<>();
            json.properties().forEach(field -> fields.put(field.getKey(), tree(field.getValue())));
            return new Node.Fields(fields);
        }
        if (json.isArray()) {
            List<Node> items = new ArrayList<>();
            json.forEach(item -> items.add(tree(item)));
            return new Node.Items(items);
        }
        if (json.isNull()) {
            return null;
        }
        return json.isBoolean()
                ? Node.of(json.booleanValue())
                : json.isNumber() ? Node.of(json.longValue()) : Node.of(json.textValue());
    }

    private void object(StringBuilder json, int depth) {
        json.append('{');
        boolean more = false;
        for (String name : new String[] {"a", "b", "*", "0", "", "x"}) {
            if (random.nextInt(2) == 0) {
                json.append(more ? "," : "").append('"').append(name).append("\":");
                value(json, depth + 1);
                more = true;
            }
        }
        json.append('}');
    }

    private void value(StringBuilder json, int depth) {
        switch (random.nextInt(depth > 4 ? 4 : 8)) {
            case 0 -> json.append("null");
            case 1 -> json.append(random.nextInt(10));
            case 2 -> json.append("\"t").append(random.nextInt(10)).append('"');
            case 3 -> json.append(random.nextBoolean());
            case 4, 5 -> object(json, depth);
            default -> {
                json.append('[');
                for (int i = random.nextInt(4); i > 0; i--) {
                    value(json, depth + 1);
                    json.append(i > 1 ? "," : "");
                }
                json.append(']');
            }
        }
    }
}
