package org.offerstorm.core.model;

import java.util.Objects;

/**
 * What an offer says in a further field.
 *
 * @param value of the Java type that {@link FieldType} names
 */
public record FieldValue(DataField field, Object value) {
    public FieldValue {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(value, "value");
    }
}
