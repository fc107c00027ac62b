package org.offerstorm.core.model;

import java.util.Objects;

/**
 * What an offer says in a further field. Minus zero is zero: not every store tells one from the other.
 *
 * @param value of the Java type that {@link FieldType} names
 */
public record FieldValue(DataField field, Object value) {
    public FieldValue {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(value, "value");
        if (value.equals(-0.0)) {
            value = 0.0;
        }
    }
}
