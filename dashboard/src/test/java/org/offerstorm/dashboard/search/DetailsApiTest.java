package org.offerstorm.dashboard.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.local.servers.EmbeddedSolr;

/** City, salary, further fields and the like in the search's API, over a real Solr. */
class DetailsApiTest {
    @TempDir
    static Path directory;

    private static SearchFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        fixture = new SearchFixture(directory, DetailedOffers.mapping(directory));
        fixture.write(SampleOffers.later(Cell.of("Métiers verts", Continent.EU), DetailedOffers.all()));
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "city=paris | paris",
                "city=PARIS&city=none | paris",
                "city=saint-denis | denis denis-2",
                "city=St Denis |",
                "city=Denis |",
                "country=fr | paris",
                "country=FRANCE&country=FR | denis paris",
                "remote=true | paris",
                "remote=false | denis",
                "remote=true&remote=false | denis paris",
                "salary_min=40000 | denis-2 paris",
                "salary_min=45000.01 | denis-2",
                "salary_min=1000 | denis denis-2 paris",
                "salary_min=1000&salary_period=month | denis",
                "salary_min=40000&salary_currency=eur | paris",
                "salary_currency=USD | denis-2",
                "salary_period=hour |",
                "field.skills=PYTHON | denis paris",
                "field.skills=C%2B%2B | paris",
                "field.skills=c%23&field.skills=gardening | denis denis-2",
                "field.skills=e\u0301te indien | paris",
                "field.skills=C |",
                "field.skills=Python&field.contract_hours=39 h | denis",
                "field.driving_licence=true | paris",
                "field.driving_licence=false&field.driving_licence=true | denis paris",
                "field.note=zanzibarien | paris",
                "field.note=tramways numero | paris",
                "field.note=\"numero 7\" | paris",
                "field.note=\"7 numero\" |",
                "field.note=tramway -zanzibarien |",
                "field.experience=5 | paris",
                "field.experience=-1..5 | denis paris",
                "field.experience=..-1 | denis",
                "field.experience=0.. | paris",
                "field.rating=-0.25 | denis",
                "field.rating=-1..4.4999 | denis",
                "field.starts=2026-03-01 | paris",
                "field.starts=2026-03-02..2026-03-31 | denis",
                "field.starts=..2026-03-30 | paris",
                "field.starts=2026-03-31T23:59:59.999Z.. | denis",
                "field.code=a 1 | paris",
                "q=zanzibarien | paris",
                "q=gardening | denis-2",
                "q=jardinier paris | paris",
                "category=Me\u0301tiers verts&q=municipal | denis",
            })
    void filter_finds(String parameters, String ids) throws Exception {
        List<String> expected = ids == null ? List.of() : List.of(ids.split(" "));
        assertThat(fixture.ids(encoded(parameters) + "&rows=100"))
                .filteredOn(id -> DetailedOffers.all().stream()
                        .anyMatch(offer -> offer.id().equals(id)))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** What means nothing is refused, with what would mean something. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "field.none=1 | there is no such field; known are field.skills, field.contract_hours",
                "field.=1 | there is no such field",
                "field.skills.x=1 | there is no such field",
                "field.SKILLS=1 | there is no such field",
                "field_keywords_skills=1 | there is no such parameter; known are q",
                "fields.skills=1 | there is no such parameter",
                "remote=yes | remote is true or false",
                "salary_min=-1 | salary_min is an amount",
                "salary_min=1e5 | salary_min is an amount",
                "salary_min=NaN | salary_min is an amount",
                "salary_min=1&salary_min=2 | salary_min may be given once",
                "salary_currency=EURO | salary_currency is three letters",
                "salary_currency=*:* | salary_currency is three letters",
                "salary_period=fortnight | salary_period is hour, day",
                "field.driving_licence=1 | field.driving_licence is true or false",
                "field.experience=five | field.experience is a whole number",
                "field.experience=1.5 | field.experience is a whole number",
                "field.experience=.. | needs one end",
                "field.experience=1..2..3 | field.experience is a whole number",
                "field.experience=1 TO * | field.experience is a whole number",
                "field.experience=1&field.experience=2 | field.experience may be given once",
                "field.rating=1e3 | field.rating is a number",
                "field.rating=Infinity | field.rating is a number",
                "field.starts=2026-02-30 | field.starts is a day",
                "field.starts=NOW | field.starts is a day",
                "field.starts=NOW-1DAY..NOW | field.starts is a day",
                "field.note=*:* | is searched by its words, and has none",
                "field.note=?! | is searched by its words, and has none",
            })
    void what_means_nothing_is_refused(String parameters, String reason) throws Exception {
        HttpResponse<String> response = fixture.get("api/offers?" + encoded(parameters));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains(reason);
    }

    @Test
    void number_and_length_of_values_are_bounded() throws Exception {
        String many = String.join(
                "&", IntStream.range(0, 21).mapToObj(i -> "field.skills=s" + i).toList());
        assertThat(fixture.get("api/offers?" + many).body()).contains("may have 20 values at most");
        assertThat(fixture.get("api/offers?city=" + "x".repeat(201)).body()).contains("more than 200 characters");
        assertThat(fixture.get("api/offers?field.note=" + "x".repeat(201)).statusCode())
                .isEqualTo(400);
        assertThat(fixture.get("api/offers?field.experience=9999999999999999").statusCode())
                .isEqualTo(200);
        assertThat(fixture.get("api/offers?field.experience=99999999999999999999")
                        .statusCode())
                .isEqualTo(400);
    }

    /** A value is compared, and never read: it finds nothing, and nobody else's offers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "*:*",
                "[* TO *]",
                "{!lucene}*:*",
                "' v=$q}",
                "'} should={!lucene v='*:*'}",
                "$q",
                "$filter.id",
                "\\",
                "\"",
                "x) OR deleted:true",
                "-",
                "\u00AD",
                "\u0301",
                "\uD83D\uDE00",
                "\u001f",
                "a\u0000b",
                "Paris\u001fSaint-Denis"
            })
    void hostile_value_finds_nothing(String value) throws Exception {
        for (String name : List.of("city", "country", "field.skills", "field.contract_hours", "field.code")) {
            JsonNode result = fixture.json("api/offers?" + name + "=" + SearchFixture.encode(value));
            assertThat(result.get("total").asInt()).as(name).isZero();
        }
        int note = fixture.get("api/offers?field.note=" + SearchFixture.encode(value))
                .statusCode();
        assertThat(note).isIn(200, 400);
    }

    @Test
    void answer_has_all_details() throws Exception {
        JsonNode listed = fixture.json("api/offers?field.experience=5").at("/offers/0");
        assertThat(listed.get("url").asText()).isEqualTo("https://jobs.example.org/apply?id=1");
        assertThat(listed.get("city").asText()).isEqualTo("Paris");
        assertThat(listed.get("country").asText()).isEqualTo("FR");
        assertThat(listed.get("remote").asBoolean()).isTrue();
        assertThat(listed.get("salary").toString())
                .isEqualTo("{\"min\":38000.0,\"max\":45000.0,\"currency\":\"EUR\",\"period\":\"year\"}");
        assertThat(listed.get("validThrough").asText()).isEqualTo("2150-12-31T00:00:00Z");
        assertThat(listed.get("fields").toString())
                .isEqualTo("[{\"name\":\"skills\",\"type\":\"keywords\",\"value\":[\"Python\",\"C++\",\"Été-indien\"]},"
                        + "{\"name\":\"contract_hours\",\"type\":\"keyword\",\"value\":\"35 h\"},"
                        + "{\"name\":\"driving_licence\",\"type\":\"boolean\",\"value\":true},"
                        + "{\"name\":\"experience\",\"type\":\"integer\",\"value\":5},"
                        + "{\"name\":\"rating\",\"type\":\"decimal\",\"value\":4.5},"
                        + "{\"name\":\"starts\",\"type\":\"date\",\"value\":\"2026-03-01T00:00:00Z\"},"
                        + "{\"name\":\"code\",\"type\":\"keyword\",\"value\":\"A-1\"}]");
        assertThat(fixture.json("api/offers/paris").get("fields").toString())
                .contains("{\"name\":\"note\",\"type\":\"text\",\"value\":\"Prendre le tramway");
        JsonNode plain = fixture.json("api/offers/plain");
        assertThat(plain.toString())
                .doesNotContain("\"url\"", "\"city\"", "\"remote\"", "\"salary\"", "\"validThrough\"", "\"fields\"");
    }

    @Test
    void facets_count_without_their_own_filter() throws Exception {
        JsonNode facets =
                fixture.json("api/offers?city=paris&field.skills=Python").get("facets");
        assertThat(facets.get("city").toString())
                .contains("{\"value\":\"Paris\",\"name\":\"Paris\",\"count\":1,\"selected\":true}")
                .contains("\"count\":1}"); // Saint Denis, once in each spelling, of which one has Python
        assertThat(facets.get("field.skills").toString())
                .contains("{\"value\":\"Python\",\"name\":\"Python\",\"count\":1,\"selected\":true}", "\"C++\"")
                .doesNotContain("Gardening");
        JsonNode all = fixture.json("api/offers?q=").get("facets");
        assertThat(all.get("city").get(0).get("count").asInt()).isEqualTo(2); // both spellings of Saint-Denis
        assertThat(all.get("remote").toString()).contains("\"value\":\"true\"", "\"value\":\"false\"");
        assertThat(all.get("salary").get(0).get("count").asInt()).isEqualTo(3);
        assertThat(all.get("salary_currency").get(0).get("value").asText()).isEqualTo("EUR");
        assertThat(all.has("field.contract_hours")).isTrue();
        assertThat(all.get("field.driving_licence")).hasSize(2);
        assertThat(all.has("field.code")).isFalse();
        String hours = all.get("field.contract_hours").get(0).get("value").asText();
        assertThat(hours).isNotEmpty();
        assertThat(fixture.ids("field.contract_hours=" + SearchFixture.encode(DetailedOffers.LONG.substring(0, 200))))
                .isEmpty();
    }

    @Test
    void nothing_found_says_which_filter_to_leave_out() throws Exception {
        JsonNode help =
                fixture.json("api/offers?city=paris&field.skills=Gardening").get("help");
        assertThat(help.get("without").toString())
                .contains("{\"filter\":\"city\",\"total\":1}", "{\"filter\":\"field.skills\",\"total\":1}");
    }

    @Test
    void core_of_an_older_schema_is_searched_without_the_new_facets() throws Exception {
        Path old = directory.resolve("old");
        try (SearchFixture older = new SearchFixture(old, DetailedOffers.mapping(directory))) {
            Path schema = old.resolve(EmbeddedSolr.CORE).resolve("conf").resolve("schema.xml");
            Files.writeString(
                    schema,
                    Files.readString(schema)
                            .replaceAll("<(copyField|dynamicField)[^>]*\"(field_\\w+\\*|city|country)\"[^>]*>", "")
                            .replaceAll(
                                    "<field name=\"(url|salary_\\w+|city|country|remote|valid_through)\"[^>]*>", ""));
            older.reload();
            JsonNode result = older.json("api/offers?q=devops");
            assertThat(result.get("total").asInt()).isPositive();
            assertThat(result.at("/facets/category")).isNotEmpty();
            assertThat(result.at("/facets/city")).isEmpty();
            String id = result.at("/offers/0/id").asText();
            assertThat(older.json("api/offers/" + SearchFixture.encode(id)).get("name"))
                    .isNotNull();
            HttpResponse<String> city = older.get("api/offers?city=Paris");
            assertThat(city.statusCode()).isEqualTo(503);
        }
    }

    private static String encoded(String parameters) {
        return parameters
                .replace(" ", "+")
                .replace("\"", "%22")
                .replace("[", "%5B")
                .replace("\u0301", "%CC%81");
    }
}
