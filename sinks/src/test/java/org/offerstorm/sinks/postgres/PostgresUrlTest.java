package org.offerstorm.sinks.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresUrlTest {
    @Test
    void an_address_is_read_in_all_its_parts() {
        assertThat(PostgresUrl.parse("postgresql://ann:o%2Fp%40n%2B+@db-1.example.org,[::1]:5433/job%20offers"
                        + "?sslmode=verify-full&sslrootcert=/etc/ca.pem"))
                .isEqualTo(new PostgresUrl(
                        List.of("db-1.example.org:5432", "[::1]:5433"),
                        "ann",
                        "o/p@n++",
                        "job offers",
                        Map.of("sslmode", "verify-full", "sslrootcert", "/etc/ca.pem")));
        assertThat(PostgresUrl.parse("postgres://h/d"))
                .isEqualTo(new PostgresUrl(List.of("h:5432"), null, null, "d", Map.of()));
        assertThat(PostgresUrl.parse("postgres://u:secret@h:1/d?sslmode=disable")
                        .shown())
                .isEqualTo("h:1/d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:5432/d",
                "jdbc:postgresql://h/d",
                "mysql://u:secret@h/d",
                "postgresql://u:secret@h",
                "postgresql://u:secret@h/",
                "postgresql://u:secret@/d",
                "postgresql://u:secret@h:0/d",
                "postgresql://u:secret@h:65536/d",
                "postgresql://u:secret@h:99999999999/d",
                "postgresql://u:secret@h,/d",
                "postgresql://u:sec ret@h/d",
                "postgresql://u:sec@ret@h/d",
                "postgresql://u:secret%@h/d",
                "postgresql://u:secret@h/d/e",
                "postgresql://u:secret@h/d#e",
                "postgresql://u:secret@h/d?sslmode=allow",
                "postgresql://u:secret@h/d?socketFactory=evil",
                "postgresql://u:secret@h/d?loggerLevel=TRACE"
            })
    void anything_else_is_refused_without_quoting_it(String text) {
        assertThatThrownBy(() -> new PostgresUrlType().parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("; write postgresql://")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("sec ret");
    }

    @Test
    void references_stay_as_they_are() {
        PostgresUrlType type = new PostgresUrlType();
        assertThat(type.parse("${env:URL}")).isEqualTo("${env:URL}");
        assertThat(type.parse("postgresql://${env:USER}:${file:/run/secrets/pg}@h/d"))
                .isEqualTo("postgresql://${env:USER}:${file:/run/secrets/pg}@h/d");
    }
}
