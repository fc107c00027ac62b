package org.offerstorm.formats.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.offerstorm.core.mapping.ValueFormat;
import org.offerstorm.core.parse.Limits;
import org.offerstorm.core.parse.Reason;
import org.offerstorm.core.parse.Refused;
import org.offerstorm.core.parse.SourceUnavailable;
import org.offerstorm.formats.testing.RegistryStub;

class SchemasTest {
    private static final String RECORD = "{\"type\":\"record\",\"name\":\"A\",\"fields\":[]}";

    private final RegistryStub registry = new RegistryStub();
    private Instant now = Instant.EPOCH;
    /** Patient, because a busy machine may take longer for some hundred requests than one attempt may. */
    private final RegistryClient client =
            new RegistryClient(new ValueFormat.Avro(registry.url(), null, null), Duration.ofMinutes(1));

    private final Schemas schemas = new Schemas(client, () -> now);

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void a_schema_is_asked_for_once() {
        registry.register(7, RECORD);

        for (int i = 0; i < 3; i++) {
            assertThat(schemas.get(7).getName()).isEqualTo("A");
            now = now.plus(Duration.ofDays(1));
        }
        assertThat(registry.requests()).containsExactly("/schemas/ids/7");
    }

    @Test
    void an_unknown_id_is_asked_for_once_a_minute() {
        for (int i = 0; i < 3; i++) {
            assertThat(refused(7)).contains("no schema of the value's id, 7");
        }
        assertThat(registry.requests()).hasSize(1);

        registry.register(7, RECORD);
        assertThat(refused(7)).contains("no schema");
        now = now.plus(Schemas.UNKNOWN_FOR);
        assertThat(schemas.get(7)).isNotNull();
        assertThat(registry.requests()).hasSize(2);
    }

    @Test
    void an_id_that_no_registry_gives_is_not_asked_for() {
        assertThat(refused(-2)).contains("4294967294");
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void an_outage_is_not_remembered() {
        registry.register(7, RECORD);
        registry.answerInstead(500, "{}");
        assertThatThrownBy(() -> schemas.get(7)).isInstanceOf(SourceUnavailable.class);

        registry.answerInstead(null);
        assertThat(schemas.get(7)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"schema\":\"message A {}\",\"schemaType\":\"PROTOBUF\"} | is not one of Avro",
                "{\"schema\":\"no\"} | cannot be read",
                "{\"schema\":\"\"} | cannot be read",
                "{\"schema\":\"{\\\"type\\\":\\\"record\\\"}\"} | cannot be read",
                "{\"schema\":\"{\\\"type\\\":\\\"nothing\\\"}\"} | cannot be read",
                "{\"schema\":\"\\\"string\\\"\"} | is of a value of type string, not of a record",
            })
    void a_schema_that_cannot_be_used_is_refused_and_asked_for_once(String answer, String what) {
        registry.body("/schemas/ids/7", answer);

        assertThat(refused(7)).contains("the registry's schema 7 " + what);
        assertThat(refused(7)).contains(what);
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void a_schema_that_is_nested_without_end_is_refused() {
        int depth = 100_000;
        registry.register(7, "{\"type\":\"array\",\"items\":".repeat(depth / 5) + "\"int\"" + "}".repeat(depth / 5));

        assertThat(refused(7)).contains("nested deeper than 200");
    }

    @Test
    void types_of_other_schemas_are_read_before_those_that_use_them() {
        registry.body("/schemas/ids/7", answer(using("A", "B", "C"), "b/1", "c d/2"));
        registry.body("/subjects/b/versions/1?deleted=true", answer(using("B", "C"), "c d/2"));
        registry.body("/subjects/c%20d/versions/2?deleted=true", answer(using("C")));

        Schema schema = schemas.get(7);

        assertThat(schema.getField("B").schema().getField("C").schema())
                .isSameAs(schema.getField("C").schema());
        assertThat(registry.requests()).hasSize(3);
    }

    @Test
    void references_that_lead_nowhere_or_have_no_end_are_refused() {
        registry.body("/schemas/ids/7", answer(using("A", "B"), "b/1"));
        assertThat(refused(7)).contains("refers to version 1 of \"b\", which the registry does not have");

        registry.body("/schemas/ids/8", answer(using("A", "B"), "loop/1"));
        registry.body("/subjects/loop/versions/1?deleted=true", answer(using("B", "B"), "loop/1"));
        registry.body("/schemas/ids/9", answer(using("A"), "n/0"));
        for (int i = 0; i <= Schemas.REFERENCES; i++) {
            registry.body("/subjects/n/versions/" + i + "?deleted=true", answer(using("N" + i), "n/" + (i + 1)));
        }

        assertThat(schemas.get(8).getField("B").schema().getName()).isEqualTo("B"); // a type in itself is allowed
        assertThat(refused(9)).contains("refers to more than 100 others");
    }

    @Test
    void an_outage_between_references_is_not_remembered_but_what_was_read_is() {
        registry.body("/schemas/ids/7", answer(using("A", "B", "C"), "b/1", "c/1"));
        registry.body("/subjects/b/versions/1?deleted=true", answer(using("B")));
        registry.body("/subjects/c/versions/1?deleted=true", "not a registry's");
        assertThatThrownBy(() -> schemas.get(7)).isInstanceOf(SourceUnavailable.class);

        registry.body("/subjects/c/versions/1?deleted=true", answer(using("C")));
        assertThat(schemas.get(7).getFields()).hasSize(2);
        assertThat(registry.requests())
                .filteredOn(path -> path.startsWith("/subjects/b"))
                .hasSize(1);
    }

    /** A record with a field of each of these types. */
    private static String using(String name, String... types) {
        return Arrays.stream(types)
                .map(type -> "{\"name\":\"" + type + "\",\"type\":\"" + type + "\"}")
                .collect(Collectors.joining(",", "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[", "]}"));
    }

    private static String answer(String schema, String... references) {
        String listed = Arrays.stream(references)
                .map(reference -> reference.split("/"))
                .map(parts -> "{\"name\":\"x\",\"subject\":\"" + parts[0] + "\",\"version\":" + parts[1] + "}")
                .collect(Collectors.joining(","));
        return "{\"schema\":\"" + schema.replace("\"", "\\\"") + "\",\"references\":[" + listed + "]}";
    }

    @Test
    void hostile_ids_are_forgotten_again() {
        Schemas few = new Schemas(client, () -> now, 10);
        for (int id = 0; id < 50; id++) {
            int unknown = id;
            assertThatThrownBy(() -> few.get(unknown)).isInstanceOf(Refused.class);
        }

        assertThat(few.unknownIds()).isEqualTo(10);
    }

    @Test
    void values_that_are_not_in_the_wire_format_are_refused_without_a_question() {
        AvroValues values = new AvroValues(schemas);

        assertThat(reason(values, new byte[0])).isEqualTo(Reason.EMPTY_VALUE);
        assertThat(reason(values, new byte[] {0, 0, 0, 1})).isEqualTo(Reason.BAD_AVRO);
        assertThat(reason(values, new byte[] {3, 0, 0, 0, 1, 0})).isEqualTo(Reason.BAD_AVRO);
        assertThat(reason(values, "{\"id\":1}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Reason.BAD_AVRO);
        assertThat(reason(values, new byte[Limits.DOCUMENT_BYTES + 1])).isEqualTo(Reason.TOO_LARGE);
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void a_value_is_read_by_the_schema_that_it_names() {
        registry.register(1, RECORD.replace("[]", "[{\"name\":\"x\",\"type\":\"int\"}]"));
        registry.register(1 << 24, RECORD.replace("[]", "[{\"name\":\"y\",\"type\":\"int\"}]"));
        AvroValues values = new AvroValues(schemas);

        assertThat(List.of(1, 1 << 24).stream().map(id -> values.read(RegistryStub.framed(id, new byte[] {6}))
                        .toString()))
                .allSatisfy(text -> assertThat(text).contains("3"))
                .satisfiesExactly(text -> assertThat(text).contains("x="), text -> assertThat(text)
                        .contains("y="));
    }

    private String refused(int id) {
        Refused refused = catchThrowableOfType(Refused.class, () -> schemas.get(id));
        assertThat(refused.reason()).isEqualTo(Reason.BAD_AVRO);
        return refused.getMessage();
    }

    private static Reason reason(AvroValues values, byte[] value) {
        return catchThrowableOfType(Refused.class, () -> values.read(value)).reason();
    }
}
