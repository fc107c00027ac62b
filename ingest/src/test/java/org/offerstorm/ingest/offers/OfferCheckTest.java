package org.offerstorm.ingest.offers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.parse.Reason;
import org.offerstorm.ingest.offers.CheckedItem.Sendable;
import org.offerstorm.ingest.offers.CheckedItem.Unfit;
import org.offerstorm.tools.config.ReferenceTable;
import org.offerstorm.tools.mapping.MappingFile;

class OfferCheckTest {
    @TempDir
    private Path files;

    private final OfferCheck check = new OfferCheck(DataSet.of(ReferenceTable.builtIn()));

    @Test
    void an_offer_is_sent_as_it_is_under_its_id() {
        Sendable sent = (Sendable) check.check(item("{\"id\":7,\"name\":\"Cook\", \"x\":1}"));

        assertThat(sent.id()).isEqualTo("7");
        assertThat(sent.key()).isEqualTo("7".getBytes(UTF_8));
        assertThat(new String(sent.value(), UTF_8)).isEqualTo("{\"id\":7,\"name\":\"Cook\", \"x\":1}");
    }

    @Test
    void a_deletion_is_a_record_without_value() {
        assertThat(((Sendable) check.check(item("{\"id\":\"a\",\"deleted\":true}"))).value())
                .isNull();
        assertThat(reason(check, "{\"id\":\"a\\nb\",\"deleted\":true}")).isEqualTo(Reason.BAD_TEXT);
        assertThat(((Unfit) OfferCheck.deletion(" ")).reason()).isEqualTo(Reason.KEY_EMPTY);
    }

    @Test
    void what_the_pipeline_would_refuse_is_refused_with_its_reason() {
        assertThat(reason(check, "{\"name\":\"Cook\"}")).isEqualTo(Reason.MISSING_FIELD);
        assertThat(reason(check, "{\"id\":\" \",\"name\":\"Cook\"}")).isEqualTo(Reason.MISSING_FIELD);
        assertThat(reason(check, "{\"id\":[],\"name\":\"Cook\"}")).isEqualTo(Reason.BAD_TYPE);
        assertThat(reason(check, "{\"id\":\"a\",\"name\":\"Cook\"} {}")).isEqualTo(Reason.TRAILING_DATA);
        assertThat(reason(check, "{\"id\":\"a\",\"id\":\"b\",\"name\":\"Cook\"}"))
                .isEqualTo(Reason.DUPLICATE_FIELD);
        assertThat(reason(check, "[1]")).isEqualTo(Reason.NOT_AN_OBJECT);
        assertThat(reason(check, "{\"id\":\"a\",\"name\":\"" + "x".repeat(1 << 20) + "\"}"))
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void a_mapping_finds_the_id_and_judges_the_rest() throws Exception {
        Path mapping = Files.writeString(
                files.resolve("m.yaml"),
                "offer:\n  id: /ref\n  name: /title\ndeletion: {at: /state, equals: [gone]}\n");
        OfferCheck mapped = new OfferCheck(new DataSet(ReferenceTable.builtIn(), MappingFile.of(mapping.toString())));

        Sendable sent = (Sendable) mapped.check(item("{\"ref\":\"a\",\"title\":\"Cook\"}"));
        assertThat(sent.id()).isEqualTo("a");
        assertThat(sent.value()).isNotNull();
        assertThat(reason(mapped, "{\"title\":\"Cook\"}")).isEqualTo(Reason.MISSING_FIELD);
        assertThat(reason(mapped, "{\"ref\":\"a\"}")).isEqualTo(Reason.MISSING_FIELD);
        assertThat(((Sendable) mapped.check(item("{\"ref\":\"a\",\"state\":\"gone\"}"))).value())
                .isNotNull();
    }

    @Test
    void records_that_cannot_come_alone_are_refused_at_the_start() throws Exception {
        Path mapping = Files.writeString(files.resolve("m.yaml"), "offer:\n  name: /title\n");
        DataSet numbered = new DataSet(ReferenceTable.builtIn(), MappingFile.of(mapping.toString()));

        assertThat(OfferCheck.problem(numbered)).contains("no rule for the id");
        assertThatThrownBy(() -> new OfferCheck(numbered)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Reason reason(OfferCheck check, String item) {
        return ((Unfit) check.check(item(item))).reason();
    }

    private static Item item(String json) {
        return new Item(0, json.getBytes(UTF_8));
    }
}
