package org.offerstorm.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.offerstorm.core.parse.Cases.offer;
import static org.offerstorm.core.parse.Cases.offerOf;
import static org.offerstorm.core.parse.Cases.record;
import static org.offerstorm.core.parse.Cases.verdict;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Salary;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.ParseResult.Accepted;
import org.offerstorm.core.parse.ParseResult.Rejected;

/** Every row of the catalogue of bad input through the parser; CatalogueTest of the topology has them through it all. */
class BadInputCatalogueTest {
    private final OfferParser parser = new OfferParser();

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.offerstorm.core.parse.CatalogueRows#all")
    void each_row_has_its_verdict(CatalogueRows.Row row) {
        ParseResult result = parser.parse(row.record());

        assertThat(verdict(result)).as("%s", result).isEqualTo(row.verdict());
        if (row.check() != null) {
            row.check().accept(offerOf(result));
        }
        // The next record does not notice.
        assertThat(verdict(parser.parse(offer("\"profession_id\":7")))).isEqualTo("upsert");
    }

    @Test
    void a_change_keeps_the_position_and_the_raw_value() {
        SourceRecord record = offer("");
        Upsert upsert = (Upsert) ((Accepted) parser.parse(record)).change();
        assertThat(upsert.position()).isSameAs(record.position());
        assertThat(upsert.raw()).isSameAs(record.value());
        assertThat(upsert.cell()).isNull();

        Delete delete = (Delete) ((Accepted) parser.parse(record("a1".getBytes(UTF_8), null))).change();
        assertThat(delete).isEqualTo(new Delete(record.position(), "a1"));
    }

    @Test
    void a_full_offer_comes_out_field_by_field() {
        Offer offer = offerOf(parser.parse(offer("""
                "profession_id":205,"contract_type":"FULL_TIME","office_latitude":48.85,"office_longitude":-2.5,
                "company":"Société \\"Générale\\" du Thé","description":"a\\n\\tb","published_at":"2026-03-01T12:00:00.250+02:00"
                """)));
        assertThat(offer)
                .isEqualTo(new Offer(
                        "a1",
                        205,
                        "FULL_TIME",
                        "n",
                        48.85,
                        -2.5,
                        "Société \"Générale\" du Thé",
                        "a\n\tb",
                        1772359200250L));
    }

    @Test
    void details_come_out_field_by_field() {
        Offer offer = offerOf(parser.parse(offer("""
                "category":"Tech","url":"https://example.org/1","salary_min":10.5,"salary_max":20,"salary_currency":"eur",
                "salary_period":"HOUR","city":"Lyon","country":"FR","remote":false,"valid_through":"2026-03-01T12:00:00Z"
                """)));
        assertThat(offer.details())
                .isEqualTo(new Details(
                        "Tech",
                        "https://example.org/1",
                        "Lyon",
                        "FR",
                        false,
                        new Salary(10.5, 20, "EUR", "hour"),
                        1772366400000L,
                        List.of()));
        assertThat(parser.unknownFields()).isZero();
        assertThat(offerOf(parser.parse(offer("\"x\":1"))).details()).isSameAs(Details.NONE);
        assertThat(offerOf(parser.parse(offer("\"city\":\" \",\"remote\":null")))
                        .details())
                .isSameAs(Details.NONE);
    }

    @Test
    void unknown_fields_are_ignored_and_counted() {
        parser.parse(offer("\"pay\":{\"min\":1,\"name\":\"x\"},\"link\":\"javascript:alert(1)\""));
        assertThat(parser.unknownFields()).isEqualTo(2);
    }

    @Test
    void the_first_problem_of_a_document_is_the_one_told() {
        Rejected rejected = (Rejected) parser.parse(offer("\"office_latitude\":\"x\",\"profession_id\":true"));
        assertThat(rejected.detail()).isEqualTo("office_latitude is a text; it must be a number");
        assertThat(verdict(parser.parse(record("a1", "{\"id\":7,\"name\":null"))))
                .as("a value that is not JSON is refused as such, no matter what its fields say")
                .isEqualTo("bad_json");
    }

    @Test
    void what_is_wrong_with_the_json_is_reported_without_advice_to_a_programmer() {
        Rejected rejected = (Rejected) parser.parse(record("a1", "{\"id\":\"a1\",\"name\":NaN}"));
        assertThat(rejected.detail()).isEqualTo("Non-standard token 'NaN' (byte 21)");
    }
}
