package org.offerstorm.dashboard.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.offerstorm.dashboard.search.SampleOffers.Expectation;

/** GET /api/offers, /api/offers/{id} and /api/suggest over a real Solr. */
class SearchApiTest {
    @TempDir
    static Path directory;

    private static SearchFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        fixture = new SearchFixture(directory);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    static List<Expectation> expectations() throws Exception {
        return SampleOffers.expectations();
    }

    @ParameterizedTest
    @MethodSource("expectations")
    void typed_words_find_what_the_handler_finds(Expectation expected) throws Exception {
        List<String> ids = fixture.ids("rows=100&q=" + SearchFixture.encode(expected.query()));
        assertThat(ids).isNotEmpty().noneMatch(expected.absent()::contains);
        if (!expected.first().isEmpty()) {
            assertThat(ids.get(0)).isEqualTo(expected.first());
        }
        if (!expected.second().isEmpty()) {
            assertThat(ids.get(1)).isEqualTo(expected.second());
        }
    }

    @Test
    void results_come_while_a_word_is_typed() throws Exception {
        for (String typed : List.of("boul", "boulan", "boulange", "boulanger")) {
            assertThat(fixture.ids("typing=true&q=" + typed)).as(typed).contains("boulanger");
        }
        assertThat(fixture.ids("typing=true&q=develo")).contains("dev-java", "dev-java-en");
        assertThat(fixture.ids("typing=true&q=" + SearchFixture.encode("devops par")))
                .contains("devops-paris");
        assertThat(fixture.ids("q=boul")).isEmpty();
    }

    @Test
    void facets_stay_selectable() throws Exception {
        JsonNode all = fixture.json("api/offers?q=");
        JsonNode tech = fixture.json("api/offers?category=Tech&continent=EU");
        assertThat(tech.get("total").asInt())
                .isPositive()
                .isLessThan(all.get("total").asInt());
        assertThat(count(tech, "category", "Health"))
                .isEqualTo(fixture.json("api/offers?category=Health&continent=EU")
                        .get("total")
                        .asInt());
        JsonNode both = fixture.json("api/offers?category=Tech&category=Health&continent=EU");
        assertThat(both.get("total").asInt())
                .isEqualTo(count(tech, "category", "Tech") + count(tech, "category", "Health"));
        assertThat(count(both, "continent", "OC"))
                .isEqualTo(fixture.json("api/offers?category=Tech&category=Health&continent=OC")
                        .get("total")
                        .asInt());
        // What is chosen stays in the list, to be taken back.
        assertThat(StreamSupport.stream(
                                fixture.json("api/offers?category=None+such")
                                        .at("/facets/category")
                                        .spliterator(),
                                false)
                        .filter(value -> value.path("selected").asBoolean()))
                .hasSize(1);
    }

    @Test
    void pages_tile_the_result_in_each_order() throws Exception {
        for (String order : List.of("relevance", "newest", "nearest&near=48.8566,2.3522&radius=any")) {
            List<String> all = fixture.ids("rows=100&sort=" + order);
            List<String> paged = new ArrayList<>();
            String cursor = "";
            do {
                JsonNode page = fixture.json("api/offers?rows=7&sort=" + order + cursor);
                page.get("offers").forEach(offer -> paged.add(offer.get("id").asText()));
                cursor = page.get("next").isNull()
                        ? null
                        : "&cursor=" + page.get("next").asText();
            } while (cursor != null);
            assertThat(paged).as(order).isEqualTo(all).doesNotHaveDuplicates().hasSize(68);
        }
    }

    @Test
    void nearest_comes_first_with_its_distance() throws Exception {
        JsonNode near = fixture.json("api/offers?near=48.80,2.13&radius=30km&sort=nearest&rows=100");
        double before = 0;
        for (JsonNode offer : near.get("offers")) {
            double km = offer.get("distanceKm").asDouble();
            assertThat(km).isBetween(before, 30.0);
            before = km;
        }
        assertThat(near.at("/offers/0/latitude").asDouble()).isEqualTo(48.8014);
        assertThat(near.get("total").asInt()).isGreaterThan(10);
        // 30 mi reach further than 30 km.
        assertThat(fixture.json("api/offers?near=48.4,2.35&radius=35mi")
                        .get("total")
                        .asInt())
                .isGreaterThan(fixture.json("api/offers?near=48.4,2.35&radius=35km")
                        .get("total")
                        .asInt());
    }

    @Test
    void box_filters_also_across_the_antimeridian() throws Exception {
        assertThat(fixture.ids("box=150,-40,-170,-30&rows=100"))
                .contains("waiter", "baker")
                .doesNotContain("devops-paris");
        assertThat(fixture.ids("box=-80,40,-70,50&rows=100")).containsExactly("driver");
    }

    @Test
    void heat_map_counts_what_the_list_holds() throws Exception {
        JsonNode europe = fixture.json("api/offers?heat=-12,35,30,60&box=-12,35,30,60");
        int sum = 0;
        for (JsonNode cell : europe.at("/heat/cells")) {
            sum += cell.get(2).asInt();
        }
        assertThat(sum).isEqualTo(europe.get("total").asInt());
        assertThat(europe.at("/heat/columns").asInt()).isBetween(16, 100);
    }

    @Test
    void highlighting_is_parts_never_markup() throws Exception {
        JsonNode offer = fixture.json("api/offers?q=" + SearchFixture.encode("devops kubernetes"))
                .at("/offers/0");
        assertThat(offer.get("title").toString()).contains("{\"text\":\"DevOps\",\"found\":true}");
        assertThat(offer.get("excerpt").toString()).contains("{\"text\":\"Kubernetes\",\"found\":true}");
    }

    @Test
    void published_ranges_filter() throws Exception {
        assertThat(fixture.ids("from=2026-03-01&to=2026-03-03&rows=100")).contains("intern-data");
        assertThat(fixture.json("api/offers?published=1d").get("total").asInt()).isZero();
    }

    @Test
    void nothing_found_says_what_would() throws Exception {
        JsonNode misspelt = fixture.json("api/offers?q=" + SearchFixture.encode("devoloppeur java"));
        assertThat(misspelt.at("/help/spelling/q").asText()).isEqualTo("developpeur java");
        assertThat(misspelt.at("/help/spelling/total").asInt()).isEqualTo(2);

        JsonNode filtered = fixture.json("api/offers?q=infirmier&continent=AF");
        assertThat(filtered.at("/help/without/0/filter").asText()).isEqualTo("continent");
        assertThat(filtered.at("/help/without/0/total").asInt()).isEqualTo(3);

        JsonNode wordy = fixture.json("api/offers?q=" + SearchFixture.encode("boulanger zanzibar"));
        assertThat(wordy.at("/help/fewer/0/q").asText()).isEqualTo("boulanger");
    }

    @Test
    void suggestions_are_titles_and_categories() throws Exception {
        assertThat(fixture.json("api/suggest?q=dev").get("suggestions").toString())
                .contains("Senior Java Developer", "Développeur Java confirmé\"")
                .doesNotContain("(H/F)");
        assertThat(fixture.json("api/suggest?q=hea").get("suggestions").toString())
                .contains("\"kind\":\"category\",\"text\":\"Health\"");
        assertThat(fixture.json("api/suggest?q=" + SearchFixture.encode("patis"))
                        .get("suggestions")
                        .toString())
                .contains("Pâtissier");
    }

    @Test
    void document_is_described_in_the_same_openapi() throws Exception {
        JsonNode api = fixture.json("api/openapi.json");
        for (String path : List.of("/api/offers", "/api/offers/{id}", "/api/suggest", "/api/counts")) {
            assertThat(api.get("paths").has(path)).as(path).isTrue();
        }
        List<String> described = new ArrayList<>();
        api.at("/paths/~1api~1offers/get/parameters")
                .forEach(parameter -> described.add(parameter.get("name").asText()));
        String known = fixture.get("api/offers?nonsense=1").body();
        assertThat(described).isNotEmpty().allSatisfy(name -> assertThat(known).contains(name));
    }

    private static int count(JsonNode result, String facet, String value) {
        for (JsonNode entry : result.at("/facets/" + facet)) {
            if (entry.get("value").asText().equals(value)) {
                return entry.get("count").asInt();
            }
        }
        return 0;
    }
}
