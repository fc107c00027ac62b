package org.offerstorm.tools.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.offerstorm.core.mapping.Pointer;
import org.offerstorm.core.mapping.ReadAs;
import org.offerstorm.core.mapping.Rule;
import org.offerstorm.core.text.Blanks;
import org.offerstorm.tools.mapping.Document.Entry;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the rule of a field. */
final class RuleReader {
    /** Keys of a rule in its long form. */
    static final List<String> KEYS = List.of("from", "join", "html", "values", "as", "zone", "default", "constant");

    private static final int MAX_CANDIDATES = 100;
    private static final String HOW =
            "write a name, a pointer such as /address/city, a list of them, or keys such as from";

    private final Document document;
    private final ReadAsReader reading;

    RuleReader(Document document) {
        this.document = document;
        this.reading = new ReadAsReader(document);
    }

    /** The rule of a node; null, and problems, if it has none. */
    Rule read(Node node, String path, Target target) {
        if (node instanceof MappingNode) {
            return longForm(node, document.entries(node, path, HOW, KEYS), path, target);
        }
        return shortForm(node, path, target);
    }

    /** Of entries that are known to be those of a rule, and no others. */
    Rule longForm(Node node, Map<String, Entry> entries, String path, Target target) {
        Entry constant = entries.get("constant");
        Entry from = entries.get("from");
        if (constant != null) {
            return constant(constant, entries, target);
        }
        Entry other = entries.get("default");
        String join = text(entries.get("join"), "what comes between the parts, such as \", \"");
        Map<String, String> values = values(entries.get("values"), target);
        ReadAs as = reading.read(entries.get("as"), entries.get("zone"), node, path, target);
        String otherwise = value(other, target);
        boolean html = html(entries.get("html"), target);
        refuseForId(entries, target);
        if (from == null) {
            document.wrong(
                    node, path, "has no from; write where the value is, or constant: and the value of every offer");
            return null;
        }
        List<Pointer> candidates = candidates(from.value(), from.path());
        if (entries.containsKey("join")) {
            checkJoin(entries.get("join"), candidates, target);
        }
        return candidates.isEmpty() ? null : new Rule(candidates, join, html, values, as, null, otherwise);
    }

    private Rule shortForm(Node node, String path, Target target) {
        List<Pointer> candidates = candidates(node, path);
        if (target == Target.LOCATION) {
            document.wrong(
                    node,
                    path,
                    "does not say how it is read; write {from: …, as: \"lat,lon\"}, or "
                            + String.join(" or ", "lon,lat", "geojson"));
        }
        return candidates.isEmpty() ? null : Rule.from(candidates.toArray(new Pointer[0]));
    }

    private Rule constant(Entry constant, Map<String, Entry> entries, Target target) {
        for (String key : KEYS) {
            if (entries.containsKey(key) && !key.equals("constant")) {
                document.wrong(
                        entries.get(key).keyNode(),
                        entries.get(key).path(),
                        "is next to constant, which is the value of every offer; remove one");
            }
        }
        if (target == Target.ID) {
            document.wrong(
                    constant.keyNode(),
                    constant.path(),
                    "all records would be one offer; name the field that is different in each");
        }
        String value = value(constant, target);
        return value == null ? null : new Rule(List.of(), null, false, Map.of(), new ReadAs.Usual(), value, null);
    }

    private List<Pointer> candidates(Node node, String path) {
        List<Pointer> candidates = new ArrayList<>();
        List<Node> nodes = document.oneOrMore(node);
        if (nodes.isEmpty()) {
            document.wrong(node, path, "the list is empty; name at least one field");
        }
        if (nodes.size() > MAX_CANDIDATES) {
            document.wrong(node, path, "lists " + nodes.size() + " fields; at most " + MAX_CANDIDATES);
            return candidates;
        }
        for (Node one : nodes) {
            Pointer pointer = pointer(one, path);
            if (pointer != null && candidates.contains(pointer)) {
                document.wrong(one, path, "names " + pointer + " a second time; remove one");
            } else if (pointer != null) {
                candidates.add(pointer);
            }
        }
        return candidates;
    }

    /** A place in a record; null, and a problem, if it is none. */
    Pointer pointer(Node node, String path) {
        if (node instanceof MappingNode || node instanceof SequenceNode || Document.isNothing(node)) {
            document.wrong(node, path, "is " + Document.kind(node) + "; " + HOW);
            return null;
        }
        try {
            return Pointer.of(((ScalarNode) node).getValue());
        } catch (IllegalArgumentException e) {
            document.wrong(node, path, e.getMessage());
            return null;
        }
    }

    private void checkJoin(Entry join, List<Pointer> candidates, Target target) {
        if (!target.isText() && target != Target.ID) {
            document.wrong(join.keyNode(), join.path(), "is for texts; remove it");
        } else if (candidates.size() == 1 && !hasEach(candidates.get(0))) {
            document.wrong(
                    join.keyNode(), join.path(), "has nothing to join; list several fields in from, or remove it");
        }
    }

    static boolean hasEach(Pointer pointer) {
        return pointer.steps().contains(Pointer.EACH);
    }

    private boolean html(Entry html, Target target) {
        if (html == null) {
            return false;
        }
        boolean value = document.flag(html.value(), html.path());
        if (value && !target.isText()) {
            document.wrong(html.keyNode(), html.path(), "is for texts; remove it");
        }
        return value;
    }

    private Map<String, String> values(Entry values, Target target) {
        Map<String, String> table = new LinkedHashMap<>();
        if (values == null) {
            return table;
        }
        List<Entry> entries = document.entries(values.value(), values.path(), "write {old: new, \"*\": anything else}");
        if (entries.isEmpty() && values.value() instanceof MappingNode) {
            document.wrong(values.value(), values.path(), "is empty; write {old: new}, or remove the key");
        }
        for (Entry entry : entries) {
            String text = document.text(entry.value(), entry.path(), "what it means");
            if (text != null) {
                check(entry.value(), entry.path(), text, target);
                table.put(entry.key(), text);
            }
        }
        return table;
    }

    /** The value of a constant or default; null if there is no such key, or its value cannot be one. */
    private String value(Entry entry, Target target) {
        String text = text(entry, "a value");
        if (text == null) {
            return null;
        }
        if (Blanks.isBlank(text)) {
            document.wrong(entry.value(), entry.path(), "is blank, which is no value; write one, or remove the key");
            return null;
        }
        check(entry.value(), entry.path(), text, target);
        return text;
    }

    private void check(Node node, String path, String text, Target target) {
        String refusal = target.refusal(text);
        if (refusal != null) {
            document.wrong(node, path, refusal);
        }
    }

    private String text(Entry entry, String what) {
        return entry == null ? null : document.text(entry.value(), entry.path(), what);
    }

    /** What would make one id of several. */
    private void refuseForId(Map<String, Entry> entries, Target target) {
        if (target == Target.ID) {
            Stream.of("values", "default")
                    .filter(entries::containsKey)
                    .map(entries::get)
                    .forEach(entry -> document.wrong(
                            entry.keyNode(),
                            entry.path(),
                            "could give several records one id, and one offer would replace the other; remove it"));
        }
    }
}
