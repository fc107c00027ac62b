package org.offerstorm.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcInstantTest {
    @Test
    void a_day_is_its_midnight_and_seconds_may_be_left_out() {
        assertThat(UtcInstant.parse("2026-11-01")).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
        assertThat(UtcInstant.parse("2026-11-01T09:30Z")).isEqualTo(Instant.parse("2026-11-01T09:30:00Z"));
        assertThat(UtcInstant.parse("2026-11-01T09:30:01.5Z")).isEqualTo(Instant.parse("2026-11-01T09:30:01.500Z"));
        assertThat(UtcInstant.parse("9999-12-31T23:59:59.999Z")).isEqualTo(Instant.parse("9999-12-31T23:59:59.999Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "0",
                "1795252726",
                "2h",
                "2026-02-30",
                "2026-11-01T24:01Z",
                "2026-11-01T09:30",
                "2026-11-01 09:30Z",
                "+12026-11-01",
                "0000-01-01",
                "2026-11-01T09:30:00+01:00",
                "2026-11-01T09:30:00.0001Z",
                "٢٠٢٦-11-01",
                "2026-11-01'; DROP TABLE counts --",
                "2026-11-01\n"
            })
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> UtcInstant.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(" is not a point in time; write 2026-11-01 or 2026-11-01T09:30:00Z, in UTC");
    }
}
