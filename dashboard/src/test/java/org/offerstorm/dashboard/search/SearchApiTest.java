package org.offerstorm.dashboard.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Offer;
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

    /** Relevance counts the age of an offer in hours. */
    @Test
    void pages_tile_the_result_also_if_an_hour_passes_between_them() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-10T08:00:00Z"));
        OfferSearch search = fixture.search(now::get);
        List<String> paged = new ArrayList<>();
        Map<String, List<String>> parameters = new HashMap<>(Map.of("rows", List.of("7")));
        String next;
        do {
            SearchResult page = search.search(search.read(parameters));
            page.offers().forEach(offer -> paged.add(offer.id()));
            next = page.next();
            parameters.put("cursor", next == null ? List.of() : List.of(next));
            now.set(now.get().plus(Duration.ofHours(1)));
        } while (next != null);

        assertThat(paged).doesNotHaveDuplicates().hasSize(68);
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
    void excerpt_shows_what_was_found_wherever_it_is_in_a_text_without_full_stops() throws Exception {
        String[] fillers = {
            "words without a full stop ",
            "\uD83D\uDE00",
            "e\u0301",
            "\uD83D\uDC69\u200D\uD83D\uDCBB",
            "語",
            "x",
            "- \n- "
        };
        List<Offer> offers = new ArrayList<>();
        for (int i = 0; i < fillers.length; i++) {
            for (int before : new int[] {0, 100, 279, 280, 281, 832, 840, 841, 5_000, 15_000}) {
                String filler = fillers[i].repeat(before / fillers[i].length() + 1);
                String text = (before == 0 ? "" : filler) + " Findmarke " + filler;
                offers.add(SampleOffers.offer("long-" + i + "-" + before, "Long", "LONG", text));
            }
        }
        fixture.write(SampleOffers.later(Cell.of("Tech", Continent.EU), offers));

        JsonNode found = fixture.json("api/offers?rows=100&q=findmarke");
        assertThat(found.get("total").asInt()).isEqualTo(offers.size());
        for (JsonNode offer : found.get("offers")) {
            String id = offer.get("id").asText();
            List<String> marked = new ArrayList<>();
            StringBuilder all = new StringBuilder();
            for (JsonNode passage : offer.get("excerpt")) {
                for (JsonNode part : passage) {
                    String text = part.get("text").asText();
                    all.append(text);
                    if (part.path("found").asBoolean()) {
                        marked.add(text);
                    }
                }
            }
            assertThat(marked).as(id).containsExactly("Findmarke");
            assertThat(all.toString()).as(id).doesNotContainPattern("\\[[0-9a-f]{16}<|>[0-9a-f]{16}\\]");
            assertThat(all.length()).as(id).isLessThan(600);
            String shown = all.toString().replace("…", "");
            assertThat(shown.codePoints().filter(c -> Character.getType(c) == Character.SURROGATE))
                    .as(id)
                    .isEmpty();
            assertThat(shown).as(id).doesNotContainPattern("(^|\\s)[\\u0301\\u200D]|\\u200D($|\\s)");
        }
        fixture.delete(offers);
    }

    @Test
    void contract_type_that_is_cut_for_the_facet_ends_with_a_whole_character() throws Exception {
        Offer offer = SampleOffers.offer("cut", "Cutmarke", "x".repeat(99) + "\uD83D\uDE00 and more", null);
        fixture.write(SampleOffers.later(Cell.of("Tech", Continent.EU), List.of(offer)));

        JsonNode value = fixture.json("api/offers?q=cutmarke").at("/facets/contract/0");

        assertThat(value.get("name").asText()).isEqualTo("x".repeat(99));
        assertThat(fixture.ids(
                        "contract=" + SearchFixture.encode(value.get("value").asText())))
                .containsExactly("cut");
        fixture.delete(List.of(offer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uD83D\uDE00",
                "-\uD83D\uDE00",
                "\"",
                "\"\"",
                "« »",
                "?!",
                "…",
                "- -",
                "·",
                "½",
                "\u0301",
                "de la",
                "The",
                "\"de la\"",
                "-the",
                "à"
            })
    void query_that_holds_nothing_to_search_for_finds_nothing_and_says_so(String typed) throws Exception {
        String q = "api/offers?q=" + SearchFixture.encode(typed);
        for (String more : List.of("", "&category=Tech", "&sort=newest&rows=5")) {
            JsonNode result = fixture.json(q + more);
            assertThat(result.get("total").asInt()).isZero();
            assertThat(result.get("offers")).isEmpty();
            assertThat(result.get("next").isNull()).isTrue();
            assertThat(result.get("notice").asText()).startsWith("there is nothing to search for in “" + typed + "”: ");
        }
        assertThat(fixture.json("api/suggest?q=" + SearchFixture.encode(typed)).get("suggestions"))
                .isEmpty();
    }

    @Test
    void nothing_typed_lists_all_offers() throws Exception {
        for (String typed : List.of("", " ", "\u00A0\u200B\u00AD", "\t")) {
            JsonNode all = fixture.json("api/offers?q=" + SearchFixture.encode(typed));
            assertThat(all.get("total").asInt()).as(typed).isEqualTo(68);
            assertThat(all.has("notice")).isFalse();
        }
        assertThat(fixture.json("api/offers?q=-java").get("total").asInt()).isBetween(50, 67);
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
