package org.offerstorm.tools.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.mapping.Pointer;

/**
 * A proposed rule.
 *
 * @param from where the value is; several are joined
 * @param as null: as usual
 * @param html whether the text is HTML
 * @param values what the values mean; empty: what they say
 * @param why for people; one line, with nothing of the data that is not quoted
 */
record ProposedRule(List<Pointer> from, String as, boolean html, Map<String, String> values, String why) {
    static ProposedRule plain(Pointer from, String why) {
        return new ProposedRule(List.of(from), null, false, Map.of(), why);
    }

    /** The rule in YAML, with further keys at its end. */
    String yaml(String... further) {
        if (as == null && !html && values.isEmpty() && further.length == 0 && from.size() == 1) {
            return Yaml.scalar(from.get(0).toString());
        }
        List<String> keys = new ArrayList<>();
        List<String> places =
                from.stream().map(place -> Yaml.scalar(place.toString())).toList();
        keys.add("from: " + (places.size() == 1 ? places.get(0) : places));
        if (places.size() > 1) {
            keys.add("join: \"-\"");
        }
        if (html) {
            keys.add("html: true");
        }
        if (!values.isEmpty()) {
            List<String> table = new ArrayList<>();
            values.forEach((value, meaning) -> table.add(Yaml.scalar(value) + ": " + Yaml.scalar(meaning)));
            keys.add("values: {" + String.join(", ", table) + "}");
        }
        if (as != null) {
            keys.add("as: " + Yaml.scalar(as));
        }
        keys.addAll(List.of(further));
        return "{" + String.join(", ", keys) + "}";
    }
}
