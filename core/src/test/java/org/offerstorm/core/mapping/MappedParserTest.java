package org.offerstorm.core.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.offerstorm.core.mapping.Mappings.as;
import static org.offerstorm.core.mapping.Mappings.at;
import static org.offerstorm.core.mapping.Mappings.constant;
import static org.offerstorm.core.mapping.Mappings.join;
import static org.offerstorm.core.mapping.Mappings.offer;
import static org.offerstorm.core.mapping.Mappings.otherwise;
import static org.offerstorm.core.mapping.Mappings.record;
import static org.offerstorm.core.mapping.Mappings.refusal;
import static org.offerstorm.core.mapping.Mappings.table;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.mapping.MappedParser.Keyed;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Salary;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.ParseResult.Accepted;
import org.offerstorm.core.parse.ParseResult.Rejected;
import org.offerstorm.core.parse.Reason;

class MappedParserTest {
    @Test
    void a_record_of_another_source_becomes_a_whole_offer() {
        MappedParser parser = Mappings.empty()
                .with(StandardField.ID, "reference")
                .with(StandardField.NAME, "/titre")
                .with(StandardField.PROFESSION_ID, "job")
                .with(StandardField.CATEGORY, "branche")
                .with(StandardField.CONTRACT_TYPE, table("/type", Map.of("FT", "full_time", "*", "other")))
                .with(StandardField.OFFICE_LATITUDE, as("/geo/lat", new ReadAs.Decimal(',')))
                .with(StandardField.OFFICE_LONGITUDE, as("/geo/lon", new ReadAs.Decimal(',')))
                .with(StandardField.COMPANY, constant("ACME"))
                .with(StandardField.DESCRIPTION, join("\n\n", true, "intro", "text"))
                .with(StandardField.PUBLISHED_AT, as("date", new ReadAs.Date("dd/MM/yyyy HH:mm", null)))
                .with(StandardField.URL, "/links/0/href")
                .with(StandardField.SALARY_MIN, "/pay/from")
                .with(StandardField.SALARY_MAX, "/pay/to")
                .with(StandardField.SALARY_CURRENCY, "/pay/currency")
                .with(StandardField.SALARY_PERIOD, "/pay/per")
                .with(StandardField.CITY, at("/city", "/town"))
                .with(StandardField.COUNTRY, otherwise("/country", "FR"))
                .with(StandardField.REMOTE, "/remote")
                .with(StandardField.VALID_THROUGH, "/until")
                .with("skills", FieldType.KEYWORDS, at("/skills/*/name"))
                .with("hours", FieldType.DECIMAL, at("hours"))
                .zone("Europe/Paris")
                .parser();
        Offer offer = offer(parser, """
                {'reference':'a1','titre':'Caviste','job':'7','branche':'Tech','type':'FT',
                 'geo':{'lat':'48,85','lon':'-2,5'},'intro':'<p>A&eacute;</p>','text':'<ul><li>x<li>y</ul>',
                 'date':'01/07/2026 09:30','links':[{'href':'https://example.org/a?b=1'}],
                 'pay':{'from':'1000.5','to':2000,'currency':'eur','per':'MONTH'},'city':' ','town':'Lyon',
                 'remote':'yes','until':'2150-01-01','skills':[{'name':'a'},{'x':1},{'name':'b'}],'hours':'7.5',
                 'junk':{'deep':[1,2,{'x':null}]}}
                """);
        assertThat(offer)
                .isEqualTo(new Offer(
                        "a1",
                        7,
                        "full_time",
                        "Caviste",
                        48.85,
                        -2.5,
                        "ACME",
                        "Aé\n\nx\ny",
                        millis("2026-07-01T07:30:00Z"),
                        new Details(
                                "Tech",
                                "https://example.org/a?b=1",
                                "Lyon",
                                "FR",
                                true,
                                new Salary(1000.5, 2000, "EUR", "month"),
                                millis("2149-12-31T23:00:00Z"),
                                offer.details().fields())));
        assertThat(offer.details().fields())
                .extracting(field -> field.field().name() + "=" + field.value())
                .containsExactly("skills=[a, b]", "hours=7.5");
        assertThat(parser.unknownFields()).isZero();
    }

    @Test
    void a_record_without_anything_that_the_mapping_names_beyond_its_name_is_an_offer_without_details() {
        MappedParser parser = Mappings.empty()
                .with(StandardField.NAME, "title")
                .with(StandardField.CITY, "city")
                .with(StandardField.SALARY_MIN, "pay")
                .with("note", FieldType.TEXT, at("note"))
                .parser();
        Offer offer = offer(parser, "{'title':'n','city':null,'pay':'','note':' '}");
        assertThat(offer.details()).isSameAs(Details.NONE);
        assertThat(offer.id()).as("the key").isEqualTo("a1");
    }

    @Test
    void the_key_is_the_id_and_the_value_must_agree_with_it() {
        MappedParser parser = Mappings.named().with(StandardField.ID, "ref").parser();
        assertThat(offer(parser, "{'ref':'a1'}").id()).isEqualTo("a1");
        assertThat(refusal(parser, "{'ref':'a2'}")).isEqualTo("key_mismatch: id is not the record's key (from ref)");
        assertThat(refusal(parser, "{'ref':' '}")).isEqualTo("missing_field: id is missing, null or blank");
        assertThat(refusal(parser, "{'ref':['a1']}"))
                .isEqualTo("bad_type: id is an array; it must be a text or a whole number (from ref)");
        assertThat(reason(parser.parse(record(null, "{\"ref\":\"a1\"}")))).isEqualTo(Reason.KEY_MISSING);
        assertThat(change(parser.parse(record("123", "{\"ref\":123}"))).id()).isEqualTo("123");
        assertThat(change(parser.parse(record("a1", null)))).isInstanceOf(Delete.class);
    }

    @Test
    void the_id_may_come_from_a_field_alone() {
        MappedParser parser =
                Mappings.named().with(StandardField.ID, "ref").keyFromField().parser();
        assertThat(change(parser.parse(record(null, "{\"ref\":\"x\"}"))).id()).isEqualTo("x");
        assertThat(change(parser.parse(record("other", "{\"ref\":12}"))).id()).isEqualTo("12");
        assertThat(reason(parser.parse(record("k", "{}")))).isEqualTo(Reason.MISSING_FIELD);
        assertThat(reason(parser.parse(record("k", "{\"ref\":\"a\\nb\"}")))).isEqualTo(Reason.BAD_TEXT);
        assertThat(reason(parser.parse(record("k", "{\"ref\":\"" + "é".repeat(257) + "\"}"))))
                .isEqualTo(Reason.TEXT_TOO_LONG);
        assertThat(reason(parser.parse(record("k", "{\"ref\":1.5}")))).isEqualTo(Reason.BAD_TYPE);
        assertThat(change(parser.parse(record("k", null))))
                .isEqualTo(new Delete(record("k", null).position(), "k"));
        assertThat(reason(parser.parse(record(null, null)))).isEqualTo(Reason.KEY_MISSING);
    }

    @Test
    void a_record_can_say_that_its_offer_is_gone() {
        MappedParser parser = Mappings.named()
                .with(StandardField.ID, "ref")
                .with(StandardField.SALARY_MIN, "pay")
                .deletedIf("/state", "closed", "0", "true")
                .parser();
        for (String state : List.of("'closed'", "' closed '", "0", "true", "['open','closed']")) {
            assertThat(change(Mappings.parse(parser, "{'ref':'a1','pay':'?','state':" + state + "}")))
                    .as(state)
                    .isInstanceOf(Delete.class);
        }
        for (String state : List.of("'open'", "null", "1", "{'x':'closed'}", "[]")) {
            assertThat(change(Mappings.parse(parser, "{'ref':'a1','state':" + state + "}")))
                    .as(state)
                    .isInstanceOf(Upsert.class);
        }
        assertThat(refusal(parser, "{'ref':'b','state':'closed'}")).startsWith("key_mismatch");
        assertThat(change(Mappings.parse(parser, "{'state':'closed'}"))).isInstanceOf(Delete.class);
    }

    @Test
    void the_key_of_a_record_that_is_not_in_the_topic_yet_is_its_id() {
        MappedParser parser = Mappings.named()
                .with(StandardField.ID, at("/id", "/ref"))
                .with(StandardField.SALARY_MIN, "pay")
                .deletedIf("gone", "true")
                .parser();
        assertThat(key(parser, "{\"ref\":\"x\",\"pay\":\"bad\"}")).isEqualTo(new Keyed("x", false, null));
        assertThat(key(parser, "{\"id\":7,\"gone\":true}")).isEqualTo(new Keyed("7", true, null));
        assertThat(key(parser, "{\"id\":null}").rejected().reason()).isEqualTo(Reason.MISSING_FIELD);
        assertThat(key(parser, "{\"id\":").rejected().reason()).isEqualTo(Reason.BAD_JSON);
        assertThat(key(parser, "[]").rejected().reason()).isEqualTo(Reason.NOT_AN_OBJECT);
        assertThat(key(Mappings.named().parser(), "{}").rejected().detail())
                .isEqualTo("id is missing: the mapping has no rule for it");
    }

    /** Bytes, JSON and limits are checked as those of plain offers, also where no rule looks. */
    @Test
    void what_no_rule_names_is_checked_in_the_same_way() {
        MappedParser parser = Mappings.named().with(StandardField.CITY, "/a/b").parser();
        Map<String, Reason> cases = new LinkedHashMap<>();
        cases.put("", Reason.EMPTY_VALUE);
        cases.put("{", Reason.BAD_JSON);
        cases.put("[{}]", Reason.NOT_AN_OBJECT);
        cases.put("{}{}", Reason.TRAILING_DATA);
        cases.put("{\"x\":1,\"x\":2}", Reason.DUPLICATE_FIELD);
        cases.put("{\"a\":1,\"a\":2}", Reason.DUPLICATE_FIELD);
        cases.put("{\"a\":{\"b\":1,\"b\":2}}", Reason.DUPLICATE_FIELD);
        cases.put("{\"y\":[{\"b\":1,\"c\":{\"q\":1,\"q\":1}}]}", Reason.DUPLICATE_FIELD);
        cases.put("{\"x\":" + "[".repeat(32) + "]".repeat(32) + "}", Reason.TOO_DEEP);
        cases.put("{\"a\":" + "{\"a\":".repeat(32) + "1" + "}".repeat(32) + "}", Reason.TOO_DEEP);
        cases.put("{\"x\":[0" + ",0".repeat(20_000) + "]}", Reason.TOO_MANY_TOKENS);
        cases.put("{\"" + "n".repeat(257) + "\":1}", Reason.NAME_TOO_LONG);
        cases.put("{\"x\":" + "1".repeat(65) + "}", Reason.NUMBER_TOO_LONG);
        cases.put("{\"x\":NaN}", Reason.BAD_JSON);
        cases.forEach((json, reason) ->
                assertThat(reason(parser.parse(record("a1", json)))).as(json).isEqualTo(reason));
        byte[] latin = "{\"x\":\"?\"}".getBytes(UTF_8);
        latin[6] = (byte) 0xE9;
        SourceRecord notUtf8 = new SourceRecord(record("a1", "").position(), "a1".getBytes(UTF_8), latin);
        assertThat(reason(parser.parse(notUtf8))).isEqualTo(Reason.BAD_UTF8);
        assertThat(offer(parser, "\uFEFF{'x':[0" + ",0".repeat(19_900) + "],'a':{'b':'c'}}")
                        .details()
                        .city())
                .isEqualTo("c");
    }

    @Test
    void a_tree_gives_what_the_same_json_gives() {
        Mappings mappings = Mappings.empty()
                .with(StandardField.ID, "id")
                .with(StandardField.NAME, "/a/*/n")
                .with(StandardField.CITY, "/a/1/n")
                .with("all", FieldType.KEYWORDS, at("/a/*/n"));
        Map<String, Node> record = new LinkedHashMap<>();
        record.put("id", Node.of("a1"));
        record.put(
                "a",
                new Node.Items(List.of(
                        new Node.Fields(Map.of("n", Node.of(1.5))), new Node.Fields(Map.of("n", Node.of(true))))));
        MappedParser parser = mappings.parser();
        SourceRecord source = record("a1", "?");
        Upsert fromTree = (Upsert) change(parser.parse(source, new Node.Fields(record)));
        assertThat(fromTree.offer()).isEqualTo(offer(parser, "{'id':'a1','a':[{'n':1.5},{'n':true}]}"));
        assertThat(fromTree.offer().name()).isEqualTo("1.5");
        assertThat(fromTree.offer().details().city()).isEqualTo("true");
        assertThat(parser.key(new Node.Fields(record)).id()).isEqualTo("a1");
        assertThat(change(parser.parse(source, null))).isInstanceOf(Delete.class);
        assertThat(reason(parser.parse(source, Node.of("x")))).isEqualTo(Reason.NOT_AN_OBJECT);
    }

    @Test
    void a_mapping_that_could_not_read_any_record_is_reported_whole() {
        Mapping bad = Mappings.empty()
                .with(StandardField.SALARY_MIN, constant("much"))
                .with(StandardField.COUNTRY, otherwise("c", "x".repeat(300)))
                .with(StandardField.LOCATION, "geo")
                .with(StandardField.PUBLISHED_AT, as("d", new ReadAs.Date("MM/yyyy", null)))
                .with(StandardField.VALID_THROUGH, as("d", new ReadAs.Date("dd/MM/yyyy hh:mm", null)))
                .with("f", FieldType.DATE, as("d", new ReadAs.Date("{", null)))
                .with("g", FieldType.INTEGER, constant("1.5"))
                .keyFromField()
                .mapping();
        assertThat(MappedParser.problems(bad))
                .hasSize(9)
                .anyMatch(line -> line.startsWith("salary_min is \"much\""))
                .anyMatch(line -> line.startsWith("country has 300 bytes"))
                .anyMatch(line -> line.startsWith("location: "))
                .anyMatch(line -> line.startsWith("published_at: a date needs"))
                .anyMatch(line -> line.startsWith("valid_through: the time is incomplete"))
                .anyMatch(line -> line.startsWith("f: "))
                .anyMatch(line -> line.startsWith("g is \"1.5\""))
                .anyMatch(line -> line.startsWith("id: "))
                .anyMatch(line -> line.startsWith("name: "));
        assertThatThrownBy(() -> new MappedParser(bad)).isInstanceOf(IllegalArgumentException.class);
        assertThat(MappedParser.problems(Mappings.named().mapping())).isEmpty();
    }

    private static Keyed key(MappedParser parser, String json) {
        return parser.key(json.getBytes(UTF_8));
    }

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }

    private static Change change(ParseResult result) {
        assertThat(result).isInstanceOf(Accepted.class);
        return ((Accepted) result).change();
    }

    private static Reason reason(ParseResult result) {
        assertThat(result).isInstanceOf(Rejected.class);
        return ((Rejected) result).reason();
    }
}
