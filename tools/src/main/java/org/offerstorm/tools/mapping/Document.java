package org.offerstorm.tools.mapping;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.offerstorm.core.text.Nearest;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.core.text.Quote;
import org.offerstorm.tools.config.Origin;
import org.offerstorm.tools.config.Problem;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A YAML file while it is read: takes its nodes apart, and collects what is wrong with them. One thread. */
final class Document {
    private final Origin file;
    private final SortedSet<Problem> problems = new TreeSet<>();

    Document(Origin file) {
        this.file = file;
    }

    /**
     * A key and its value.
     *
     * @param path of the value, from the top, for messages
     */
    record Entry(String key, String path, Node keyNode, Node value) {}

    SortedSet<Problem> problems() {
        return problems;
    }

    /** Something about the whole file. */
    void wrong(String message) {
        problems.add(new Problem(file, "", message));
    }

    void wrong(Node node, String path, String message) {
        problems.add(new Problem(file.at(node.getStartMark()), PlainText.excerpt(path, 120), message));
    }

    /** Keys and values, in order; of a key that is there twice, the first. None, and a problem, if it is something else. */
    List<Entry> entries(Node node, String path, String what) {
        List<Entry> entries = new ArrayList<>();
        if (!(node instanceof MappingNode mapping)) {
            wrong(node, path, "is " + kind(node) + "; " + what);
            return entries;
        }
        Map<String, Integer> lines = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode scalar) || isNothing(key)) {
                wrong(key, path, "has a key that is " + kind(key) + "; keys are plain words");
                continue;
            }
            String below = path.isEmpty() ? scalar.getValue() : path + "." + scalar.getValue();
            Integer first =
                    lines.putIfAbsent(scalar.getValue(), key.getStartMark().getLine() + 1);
            if (first == null) {
                entries.add(new Entry(scalar.getValue(), below, key, tuple.getValueNode()));
            } else {
                wrong(key, below, "appears a second time, first in line " + first + "; remove one");
            }
        }
        return entries;
    }

    /** The entries by key, without those whose key is unknown, which are problems. */
    Map<String, Entry> entries(Node node, String path, String what, Collection<String> known) {
        Map<String, Entry> entries = new HashMap<>();
        for (Entry entry : entries(node, path, what)) {
            if (known.contains(entry.key())) {
                entries.put(entry.key(), entry);
            } else {
                unknown(entry, known);
            }
        }
        return entries;
    }

    void unknown(Entry entry, Collection<String> known) {
        wrong(
                entry.keyNode(),
                entry.path(),
                "unknown key; "
                        + Nearest.of(entry.key(), known)
                                .map(name -> "did you mean '" + name + "'?")
                                .orElseGet(() -> "known here: " + String.join(", ", known)));
    }

    /** A text of any length; null, and a problem, if it is something else. */
    String text(Node node, String path, String what) {
        if (isNothing(node)) {
            wrong(node, path, "has no value; write " + what + ", or remove the key");
        } else if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        } else {
            wrong(node, path, "is " + kind(node) + "; write " + what);
        }
        return null;
    }

    /** True or false; false, and a problem, if it is something else. */
    boolean flag(Node node, String path) {
        String text = text(node, path, "true or false");
        if (text != null && !text.equals("true") && !text.equals("false")) {
            wrong(node, path, "is " + Quote.of(text) + "; write true or false");
        }
        return "true".equals(text);
    }

    /** One text, or each of a list; those that are something else are problems. */
    List<Node> oneOrMore(Node node) {
        return node instanceof SequenceNode list ? list.getValue() : List.of(node);
    }

    /** For the end of a message about a word that is none of these. */
    static String choose(String written, Collection<String> known) {
        Optional<String> nearest = Nearest.of(written, known);
        return nearest.map(name -> "did you mean '" + name + "'?").orElseGet(() -> "write " + oneOf(known));
    }

    private static String oneOf(Collection<String> words) {
        List<String> list = List.copyOf(words);
        int last = list.size() - 1;
        return last < 1 ? String.join("", list) : String.join(", ", list.subList(0, last)) + " or " + list.get(last);
    }

    /** {@code key:}, {@code key: ~} and {@code key: null}. */
    static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.getTag().equals(Tag.NULL)
                && scalar.getScalarStyle() == ScalarStyle.PLAIN;
    }

    static String kind(Node node) {
        if (isNothing(node)) {
            return "empty";
        }
        return node instanceof MappingNode ? "keys and values" : node instanceof SequenceNode ? "a list" : "a text";
    }
}
