package org.offerstorm.dashboard.search;

import java.util.Set;
import org.offerstorm.core.model.DataField;

/**
 * What a further field must hold: one of some values, a value of a range, or words, depending on its type. What does not
 * apply is empty or null.
 *
 * @param values of a keyword, keywords or boolean field: any of these
 * @param from of a number or date, as Solr takes it; null for no lower end
 * @param to inclusive; null for no upper end
 * @param words of a text
 */
record FieldFilter(DataField field, Set<String> values, String from, String to, Words words) {
    /** Before the names of further fields, in the API and in Solr's tags. */
    static final String PREFIX = "field.";

    static FieldFilter of(DataField field, Set<String> values) {
        return new FieldFilter(field, values, null, null, null);
    }

    static FieldFilter between(DataField field, String from, String to) {
        return new FieldFilter(field, Set.of(), from, to, null);
    }

    static FieldFilter of(DataField field, Words words) {
        return new FieldFilter(field, Set.of(), null, null, words);
    }

    /** Name of the filter in a request of Solr, and in the API. */
    String tag() {
        return tag(field);
    }

    static String tag(DataField field) {
        return PREFIX + field.name();
    }
}
