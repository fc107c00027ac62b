package org.offerstorm.core.model;

import java.io.Serializable;
import java.util.Objects;

/**
 * A further field of a data set, as its mapping declares it.
 *
 * @param name lower-case letters, digits and {@code _}, beginning with a letter; at most 40 characters
 * @param facet whether the search page counts its values; of {@code keyword}, {@code keywords} and {@code boolean} only
 */
public record DataField(String name, FieldType type, boolean facet) implements Serializable {
    public DataField {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }
}
