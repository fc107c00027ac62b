package org.offerstorm.core.mapping;

import java.util.ArrayList;
import java.util.List;
import org.offerstorm.core.parse.Reason;
import org.offerstorm.core.parse.Refused;
import org.offerstorm.core.text.Blanks;
import org.offerstorm.core.text.HtmlText;

/**
 * Finds the value of one field by its rule among what was picked from a record: candidates, joining, HTML, the table of
 * values, the default. What the value is read as comes later, in {@link Readings}. One thread.
 */
final class FieldSource {
    private static final ReadAs USUAL = new ReadAs.Usual();

    private final String field;
    private final Rule rule;
    private final Picks picks;
    private final Pointer[] pointers;
    private final int[] slots;
    private final Node constant;
    private final Node otherwise;
    /** Whether the field takes all values of an array. */
    private final boolean many;

    /** Where the last value came from; null if from the mapping itself. */
    private Pointer from;

    private boolean byDefault;

    FieldSource(String field, Rule rule, boolean many, Picks picks) {
        this.field = field;
        this.rule = rule;
        this.many = many;
        this.picks = picks;
        pointers = rule.from().toArray(new Pointer[0]);
        slots = new int[pointers.length];
        for (int i = 0; i < pointers.length; i++) {
            slots[i] = picks.slot(pointers[i]);
        }
        constant = Node.of(rule.constant());
        otherwise = Node.of(rule.otherwise());
    }

    String field() {
        return field;
    }

    /** How the last value is to be read. */
    ReadAs as() {
        return isOfMapping() ? USUAL : rule.as();
    }

    /** Whether the last value is the rule's constant or default; both are written in the usual way. */
    private boolean isOfMapping() {
        return constant != null || byDefault;
    }

    /** The value; null if the record has none, and the rule no default. */
    Node value() {
        from = null;
        byDefault = false;
        if (constant != null) {
            return Node.isPresent(constant) ? constant : null;
        }
        Node value = rule.join() == null ? first() : joined();
        if (value == null && otherwise != null) {
            byDefault = true;
            return Node.isPresent(otherwise) ? otherwise : null;
        }
        return value;
    }

    /** Where the last value came from, for the end of a message. */
    String origin() {
        if (constant != null) {
            return " (the mapping's constant)";
        }
        return byDefault ? " (the mapping's default)" : from == null ? "" : " (from " + from + ")";
    }

    private Node first() {
        for (int i = 0; i < slots.length; i++) {
            Node picked = picks.get(slots[i]);
            if (picked == null) {
                continue;
            }
            boolean each = !many && picks.isOfEach(slots[i]);
            Node value = each ? firstPresent((Node.Items) picked) : meant(text(picked));
            if (Node.isPresent(value)) {
                from = pointers[i];
                return value;
            }
        }
        return null;
    }

    private Node firstPresent(Node.Items items) {
        for (Node item : items.values()) {
            Node value = meant(text(item));
            if (Node.isPresent(value)) {
                return value;
            }
        }
        return null;
    }

    /** All candidates that are there: as one text, or as the values of a field that takes several. */
    private Node joined() {
        StringBuilder all = new StringBuilder();
        List<Node> values = new ArrayList<>();
        for (int i = 0; i < slots.length; i++) {
            Node picked = text(picks.get(slots[i]));
            if (!Node.isPresent(picked)) {
                continue;
            }
            from = from == null ? pointers[i] : from;
            List<Node> parts = picked instanceof Node.Items items ? items.values() : List.of(picked);
            for (Node part : parts) {
                if (!Node.isPresent(part)) {
                    continue;
                }
                if (many) {
                    values.add(meant(part));
                    continue;
                }
                String written = written(part);
                if (written == null) {
                    from = pointers[i];
                    throw new Refused(
                            Reason.BAD_TYPE,
                            field + " is " + Readings.kind(part) + "; only texts can be joined" + origin());
                }
                if (!all.isEmpty()) {
                    all.append(rule.join());
                }
                all.append(written);
            }
        }
        if (many) {
            return values.isEmpty() ? null : new Node.Items(values);
        }
        Node text = all.isEmpty() ? null : meant(new Node.Text(all.toString()));
        return Node.isPresent(text) ? text : null;
    }

    /** The text of HTML, if it is such. */
    private Node text(Node node) {
        if (!rule.html()) {
            return node;
        }
        if (node instanceof Node.Text text) {
            return new Node.Text(HtmlText.of(text.value()));
        }
        if (node instanceof Node.Items items) {
            List<Node> texts = new ArrayList<>(items.values().size());
            items.values().forEach(item -> texts.add(text(item)));
            return new Node.Items(texts);
        }
        return node;
    }

    /** What the table of values says that the value means; the value itself if it says nothing. */
    private Node meant(Node node) {
        if (rule.values().isEmpty() || !Node.isPresent(node)) {
            return node;
        }
        if (node instanceof Node.Items items) {
            List<Node> meant = new ArrayList<>(items.values().size());
            items.values().forEach(item -> meant.add(meant(item)));
            return new Node.Items(meant);
        }
        String written = written(node);
        if (written == null) {
            return node;
        }
        String meaning = rule.values().get(written);
        if (meaning == null) {
            meaning = rule.values().get(Blanks.strip(written));
        }
        if (meaning == null) {
            meaning = rule.values().get(Rule.ANY_OTHER);
        }
        return meaning == null ? node : new Node.Text(meaning);
    }

    /** The value as a text; null if it is an array or an object. */
    static String written(Node node) {
        if (node instanceof Node.Text text) {
            return text.value();
        }
        if (node instanceof Node.Num number) {
            return number.written();
        }
        return node instanceof Node.Bool bool ? Boolean.toString(bool.value()) : null;
    }
}
