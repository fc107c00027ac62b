package org.offerstorm.core.mapping;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where the value of a field comes from. Each candidate becomes text, if it is HTML. The first candidate that is there then
 * counts, or all of them are joined; one is there unless it is absent, null, blank, or an array of only such. The table of
 * values says what it means, and the reading makes it a number, a date and so on. If nothing is there, {@code otherwise}
 * is the value. A field of several keywords takes all values of an array, and if candidates are joined, all of theirs.
 *
 * @param from candidates in order; empty if the value is a constant
 * @param join puts all candidates that are there together, with this between them; null: the first one counts
 * @param html whether the text is HTML, of which the text is taken
 * @param values what the text means, {@code *} anything else; empty: what it says. A meaning that is blank makes the
 *     candidate one that is not there
 * @param as how it is read
 * @param constant the value of every record, written in the usual way; null if it comes from the record
 * @param otherwise the value if the record has none, written in the usual way; null: none
 */
public record Rule(
        List<Pointer> from,
        String join,
        boolean html,
        Map<String, String> values,
        ReadAs as,
        String constant,
        String otherwise)
        implements Serializable {
    /** The key of {@link #values()} that stands for every other text. */
    public static final String ANY_OTHER = "*";

    public Rule {
        from = List.copyOf(from);
        values = new LinkedHashMap<>(values); // serializable, and in the order of the file
        Objects.requireNonNull(as, "as");
        if (from.isEmpty() == (constant == null)) {
            throw new IllegalArgumentException("a rule has either candidates or a constant");
        }
    }

    /** The plain rule: the value at a place, read as its field needs it. */
    public static Rule from(Pointer... candidates) {
        return new Rule(List.of(candidates), null, false, Map.of(), new ReadAs.Usual(), null, null);
    }

    /** Whether it takes one field as it is. */
    public boolean isPlain() {
        return from.size() == 1
                && join == null
                && !html
                && values.isEmpty()
                && as instanceof ReadAs.Usual
                && otherwise == null;
    }
}
