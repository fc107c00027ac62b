package org.offerstorm.core.mapping;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.parse.OfferParser;
import org.offerstorm.core.parse.RecordParser;
import org.offerstorm.core.reference.Professions;

/**
 * What the pipeline must know of the data that flows through it. Immutable; travels in the serialized topology.
 *
 * @param professions the category of each profession, and all categories that are counted: the mapping's are added
 * @param mapping null: the records are offers as docs/input.md has them
 */
public record DataSet(Professions professions, Mapping mapping) implements Serializable {
    public DataSet {
        Objects.requireNonNull(professions, "professions");
        professions = mapping == null ? professions : professions.withCategories(mapping.categories());
    }

    /** One whose records need no mapping. */
    public static DataSet of(Professions professions) {
        return new DataSet(professions, null);
    }

    /** The further fields, in order. */
    public List<DataField> fields() {
        return mapping == null ? List.of() : mapping.dataFields();
    }

    /**
     * Makes the parsers of its records, if their values are JSON.
     *
     * @throws IllegalStateException if they are not; the module formats has the parsers of all
     */
    public RecordParser.Factory parser() {
        if (mapping == null) {
            return OfferParser::new;
        }
        if (!(mapping.value() instanceof ValueFormat.Json)) {
            throw new IllegalStateException("the values are not JSON: " + mapping.value());
        }
        Mapping made = mapping; // of this object the parsers need nothing else
        return () -> new MappedParser(made);
    }
}
