package org.offerstorm.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FieldValueTest {
    /** PostgreSQL's jsonb has no minus zero, and verify would find a difference. */
    @Test
    void minus_zero_is_zero() {
        DataField field = new DataField("score", FieldType.DECIMAL, false);
        assertThat(new FieldValue(field, -0.0)).isEqualTo(new FieldValue(field, 0.0));
        assertThat(new FieldValue(field, -0.5).value()).isEqualTo(-0.5);
    }
}
