package org.offerstorm.core.mapping;

import java.io.Serializable;
import java.util.List;

/**
 * Where a value is in a record: the name of a field at the top, or a JSON Pointer (RFC 6901), in which a step {@code *}
 * means each element of an array.
 *
 * @param steps names, or indices from 0, from the top; {@code *} for each; empty: the record itself
 */
public record Pointer(List<String> steps) implements Serializable {
    public static final String EACH = "*";

    public Pointer {
        steps = List.copyOf(steps);
    }

    /**
     * Reads {@code /a/b/0} as a JSON Pointer, and everything that does not begin with a slash as a name at the top, to the
     * letter.
     *
     * @throws IllegalArgumentException if it is empty, or has a {@code ~} that RFC 6901 does not know
     */
    public static Pointer of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("is empty; name a field, or write a pointer such as /address/city");
        }
        if (text.charAt(0) != '/') {
            return new Pointer(List.of(text));
        }
        return new Pointer(List.of(text.substring(1).split("/", -1)).stream()
                .map(Pointer::unescape)
                .toList());
    }

    private static String unescape(String step) {
        if (step.replaceAll("~[01]", "").contains("~")) {
            throw new IllegalArgumentException("has a ~ that is neither ~0 (for ~) nor ~1 (for /)");
        }
        return step.replace("~1", "/").replace("~0", "~");
    }

    /** As a person writes it: the name alone where that is enough. */
    @Override
    public String toString() {
        if (steps.size() == 1 && !steps.get(0).startsWith("/") && !steps.get(0).equals(EACH)) {
            return steps.get(0);
        }
        StringBuilder text = new StringBuilder();
        for (String step : steps) {
            text.append('/').append(step.replace("~", "~0").replace("/", "~1"));
        }
        return text.toString();
    }
}
