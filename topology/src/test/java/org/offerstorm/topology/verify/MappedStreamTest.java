package org.offerstorm.topology.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic of another shape: its mapping goes through the whole topology, and the tools judge by it as well. */
class MappedStreamTest {
    private static final String MAPPING = """
            key: from-field
            offer:
              id: /ref/no
              name: titre
              category: /metier
              office_latitude: {from: /lat, as: "decimal ,"}
              office_longitude: {from: /lon, as: "decimal ,"}
              url: lien
              salary_min: {from: /paie/min, as: "decimal ,"}
              salary_period: {constant: month}
              valid_through: {from: /fin, as: dd/MM/yyyy}
            fields:
              skills: {from: "/tags/*/name", type: keywords, facet: true}
              seats: {from: /postes, type: integer}
              score: {from: /score, type: decimal}
              note: {from: note, type: text}
              open: {from: /ouvert, type: boolean}
              since: {from: /depuis, type: date}
            categories: [Métiers verts]
            deletion: {at: /etat, equals: [clos]}
            """;

    private static final String OFFER = """
            {"ref":{"no":%d},"titre":"Offre %<d","metier":"%s","lat":"48,85","lon":"2,35",
             "lien":"https://jobs.example/%1$d","paie":{"min":"1 500,5"},"fin":"31/12/2150","postes":"3","score":1e-7,
             "tags":[{"name":"Zig"},{"name":"C\\"#"},{"name":"Ada"}],"note":"deux\\nlignes","ouvert":"yes",
             "depuis":"2026-03-01"}""";

    @TempDir
    private static Path directory;

    private static LoadedStores stores;

    @BeforeAll
    static void start() throws Exception {
        stores = new LoadedStores(directory);
        Path mapping = directory.resolve("mapping.yaml");
        Files.writeString(mapping, MAPPING);
        stores.map(mapping);
    }

    @AfterAll
    static void stop() throws Exception {
        if (stores != null) {
            stores.close();
        }
    }

    @BeforeEach
    void load() throws Exception {
        stores.begin();
        send(offer(1, "Bâtiment"));
        send(offer(2, "  Métiers   verts"));
        send(offer(3, "nobody knows it"));
        send(offer(4, "Bâtiment"));
        send("{\"ref\":{\"no\":4},\"etat\":\"clos\"}");
        send("{\"ref\":{\"no\":5},\"titre\":\"Bad\",\"paie\":{\"min\":\"much\"}}");
        send("{\"titre\":\"no id\"}");
        stores.load();
    }

    @Test
    void verify_finds_every_field_in_every_store() {
        LoadedStores.Answer answer = stores.verify();

        assertThat(answer.lines())
                .last()
                .isEqualTo("verify: 7 records, 3 live offers: redis, solr, hdfs and dead letters agree");
        assertThat(answer.exitCode()).isZero();
    }

    @Test
    void verify_sees_a_detail_and_a_further_field_that_are_others_in_solr() throws Exception {
        stores.solr("/update?commit=true", "{\"delete\":{\"query\":\"id:1 OR id:2\"}}");
        stores.solr(
                "/update?commit=true",
                "[" + document(1, 0, "Bâtiment", "https://jobs.example/other", 3) + ","
                        + document(2, 1, "Métiers verts", "https://jobs.example/2", 4) + "]");

        assertThat(stores.verify().lines())
                .containsExactly(
                        "solr: 2 different",
                        "  " + stores.topic() + "-0@0 \"1\": is url \"https://jobs.example/other\", must be"
                                + " \"https://jobs.example/1\"",
                        "  " + stores.topic() + "-0@1 \"2\": is field seats \"4\", must be \"3\"",
                        "verify: 7 records, 3 live offers: 2 anomalies");
    }

    /** The expirer withdraws such an offer within a minute or two. */
    @Test
    void verify_counts_the_offers_that_should_have_expired() throws Exception {
        stores.solr("/update?commit=true", "{\"delete\":{\"query\":\"id:1\"}}");
        stores.solr(
                "/update?commit=true",
                "[" + document(1, 0, "Bâtiment", "https://jobs.example/1", 3).replace("2150-12-31", "2020-12-31")
                        + "]");

        assertThat(stores.verify().lines())
                .first()
                .asString()
                .startsWith("live offers whose valid_through passed more than 5 min ago")
                .endsWith(": 1");
    }

    @Test
    void a_letter_is_judged_by_the_mapping_and_a_repaired_value_is_replayed() throws Exception {
        assertThat(stores.letters("ls").lines()).last().asString().startsWith("2 dead letters");
        assertThat(stores.letters("show", "0@5").lines())
                .anySatisfy(line -> assertThat(line).contains("{\"ref\":{\"no\":5},\"titre\":\"Bad\""));
        assertThat(stores.letters("replay", "0@5").lines().get(0))
                .contains("would be refused again", "salary_min", "--value FILE replays a repaired value");
        assertThat(stores.letters("replay", "0@6").lines().get(0))
                .as("the id is in the value, so another value may repair it")
                .contains("missing_field", "--value FILE replays a repaired value");
        Path value = Files.writeString(directory.resolve("repaired.json"), offer(5, "Bâtiment"));

        assertThat(stores.letters("replay", "0@5", "--value", value.toString())
                        .lines()
                        .get(0))
                .contains("replayed as 0@7");

        stores.load();
        assertThat(stores.verify().lines())
                .last()
                .isEqualTo("verify: 8 records, 4 live offers: redis, solr, hdfs and dead letters agree");
    }

    /** The id is in the value: what came later is known by it, and not by the key. */
    @Test
    void a_letter_older_than_its_offer_is_not_replayed() throws Exception {
        send(offer(5, "Bâtiment"));
        stores.load();
        Path value = Files.writeString(directory.resolve("older.json"), offer(5, "Bâtiment"));

        assertThat(stores.letters("replay", "0@5", "--value", value.toString())
                        .lines()
                        .get(0))
                .contains("is older than the offer, which was written at 0@7");
    }

    /** As the sink writes it, but for what is given. */
    private static String document(int number, long offset, String category, String url, int seats) {
        return "{\"id\":\"" + number + "\",\"version\":" + (1L << 48 | offset) + ",\"cell\":\"" + category
                + "|EU\",\"category\":\"" + category + "\",\"continent\":\"EU\",\"name\":\"Offre " + number
                + "\",\"latitude\":48.85,\"longitude\":2.35,\"url\":\"" + url + "\",\"salary_min\":1500.5,"
                + "\"salary_period\":\"month\",\"valid_through\":\"2150-12-31T00:00:00Z\",\"field_integer_seats\":"
                + seats
                + ",\"field_decimal_score\":1e-7,\"field_keywords_skills\":[\"Zig\",\"C\\\"#\",\"Ada\"],"
                + "\"field_text_note\":\"deux\\nlignes\",\"field_boolean_open\":true,"
                + "\"field_date_since\":\"2026-03-01T00:00:00Z\"}";
    }

    private static String offer(int number, String category) {
        return OFFER.formatted(number, category);
    }

    private static void send(String value) throws Exception {
        stores.send(stores.topic(), 0, "any".getBytes(UTF_8), value.getBytes(UTF_8));
    }
}
