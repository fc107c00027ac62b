package org.offerstorm.core.mapping;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.offerstorm.core.text.Blanks;

/**
 * A value of a record as a mapping sees it: what JSON can say, whichever format the record has. Null stands for JSON's null
 * and for what is absent. Untrusted.
 */
public sealed interface Node {
    Node TRUE = new Bool(true);
    Node FALSE = new Bool(false);

    /** A text. */
    record Text(String value) implements Node {
        public Text {
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * A number.
     *
     * @param written as JSON writes it, with sign, point and exponent; at most 64 characters
     */
    record Num(String written) implements Node {
        public Num {
            Objects.requireNonNull(written, "written");
        }
    }

    /** True or false. */
    record Bool(boolean value) implements Node {}

    /**
     * An array.
     *
     * @param values in order; may hold null
     */
    record Items(List<Node> values) implements Node {
        public Items {
            Objects.requireNonNull(values, "values");
        }
    }

    /**
     * An object.
     *
     * @param values by name; may hold null
     */
    record Fields(Map<String, Node> values) implements Node {
        public Fields {
            Objects.requireNonNull(values, "values");
        }
    }

    /** A whole number. */
    static Node of(long number) {
        return new Num(Long.toString(number));
    }

    /** A number; a text if it is not finite, which JSON cannot say, and which no field accepts. */
    static Node of(double number) {
        String written = Double.toString(number);
        return Double.isFinite(number) ? new Num(written) : new Text(written);
    }

    static Node of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** A text; null if it is null. */
    static Node of(String text) {
        return text == null ? null : new Text(text);
    }

    /** Whether it says anything: null, a text of which nothing can be seen, and an array of only such say nothing. */
    static boolean isPresent(Node node) {
        if (node instanceof Text text) {
            return !Blanks.isBlank(text.value());
        }
        if (node instanceof Items items) {
            return items.values().stream().anyMatch(Node::isPresent);
        }
        return node != null;
    }
}
