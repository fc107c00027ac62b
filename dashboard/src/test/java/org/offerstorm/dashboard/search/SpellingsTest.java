package org.offerstorm.dashboard.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
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

/**
 * The same words in other characters: each spelling of an offer is found by each spelling of a query, is marked whole, and
 * is one value of a facet and one suggestion.
 */
class SpellingsTest {
    /** Made-up words, so that neither synonyms nor stems help. */
    private static final String WORDS = "Éléphantôlogue cofinçière";

    private static final Map<String, String> SPELLINGS = spellings();

    @TempDir
    static Path directory;

    private static SearchFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        fixture = new SearchFixture(directory);
        List<Offer> offers = new ArrayList<>();
        SPELLINGS.forEach((id, text) -> offers.add(SampleOffers.offer(id, text, "Intérim", null)));
        String text = "Un poste de " + Normalizer.normalize(WORDS, Form.NFD) + "\u202F!";
        offers.add(SampleOffers.offer("in-text", "Poste", Normalizer.normalize("Intérim", Form.NFD), text));
        for (String[] other : OTHERS) {
            offers.add(SampleOffers.offer(other[0], other[0], "CDI", null));
        }
        fixture.write(SampleOffers.later(Cell.of("Tech", Continent.EU), offers));
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static Map<String, String> spellings() {
        Map<String, String> spellings = new LinkedHashMap<>();
        spellings.put("composed", WORDS);
        spellings.put("decomposed", Normalizer.normalize(WORDS, Form.NFD));
        spellings.put("plain", "Elephantologue cofinciere");
        spellings.put("capitals", WORDS.toUpperCase(Locale.ROOT));
        spellings.put("decomposed-capitals", Normalizer.normalize(WORDS.toUpperCase(Locale.ROOT), Form.NFD));
        spellings.put("full-width", wide("Elephantologue cofinciere"));
        spellings.put("bold", bold("Elephantologue cofinciere"));
        spellings.put("ligature", WORDS.replace("fi", "\uFB01"));
        spellings.put("no-break-space", WORDS.replace(' ', '\u00A0'));
        spellings.put("narrow-no-break-space", WORDS.replace(' ', '\u202F') + "\u202F!");
        spellings.put("soft-hyphen", WORDS.replace("phan", "phan\u00AD").replace("cof", "cof\u00AD"));
        spellings.put("joiners", WORDS.replace("phan", "phan\u200D").replace("cof", "cof\u200C"));
        spellings.put("directions", "\u200E" + WORDS.replace(" ", "\u200F \u202A") + "\u202C");
        spellings.put("after-a-colon", "Poste:" + WORDS);
        return spellings;
    }

    /** Letters that are not Latin, or whose marks are no accents: composed and decomposed are the same. */
    private static final String[][] OTHERS = {
        {"Водитель-йогурт", "Водитель-йогурт"},
        {"Προϊστάμενος", "προισταμενος"},
        {"データサイエンティスト", "データサイエンティスト"},
        {"ﾃﾞｰﾀ分析", "データ分析"},
        {"Kierownik Łódź", "kierownik lodz"},
        {"Nhân viên kế toán Nguyễn", "nhan vien ke toan nguyen"},
        {"مسؤول آلات", "مسؤول آلات"},
    };

    static List<String> queries() {
        return List.copyOf(SPELLINGS.keySet());
    }

    @ParameterizedTest
    @MethodSource("queries")
    void each_spelling_finds_all_spellings(String query) throws Exception {
        String typed = SPELLINGS.get(query).replace("Poste:", "").replace("!", "");
        List<String> all = new ArrayList<>(SPELLINGS.keySet());
        all.add("in-text");
        String q = SearchFixture.encode(typed);
        assertThat(fixture.ids("rows=100&q=" + q)).containsExactlyInAnyOrderElementsOf(all);
        String phrase = SearchFixture.encode('"' + typed + '"');
        assertThat(fixture.ids("rows=100&q=" + phrase)).containsExactlyInAnyOrderElementsOf(all);
        // While the last word is typed: titles at least.
        all.remove("in-text");
        String begun = SearchFixture.encode(typed.substring(0, typed.length() - 4));
        assertThat(fixture.ids("rows=100&typing=true&q=" + begun)).containsAll(all);
    }

    @Test
    void accents_of_all_scripts_may_be_composed_or_not() throws Exception {
        for (String[] other : OTHERS) {
            for (String typed : List.of(other[0], other[1])) {
                for (Form form : Form.values()) {
                    String q = SearchFixture.encode(Normalizer.normalize(typed, form));
                    assertThat(fixture.ids("rows=100&q=" + q))
                            .as(typed + " " + form)
                            .contains(other[0]);
                }
            }
        }
    }

    /** The index makes the same tokens of each letter, whether its accents are composed or not. */
    @ParameterizedTest
    @ValueSource(strings = {"text", "words"})
    void every_letter_may_be_composed_or_not(String type) throws Exception {
        List<String> letters = IntStream.rangeClosed(0x80, Character.MAX_CODE_POINT)
                .filter(c -> Character.isLetter(c) && !isLeftOut(c))
                .mapToObj(Character::toString)
                .filter(letter -> !Normalizer.isNormalized(letter, Form.NFD))
                .toList();
        assertThat(letters).hasSizeGreaterThan(900);
        List<String> composed = new ArrayList<>();
        List<String> decomposed = new ArrayList<>();
        for (String letter : letters) {
            // Within a word, so that no stemmer takes it for an ending.
            composed.add(Normalizer.normalize("q" + letter + "q", Form.NFC));
            decomposed.add(Normalizer.normalize("q" + letter + "q", Form.NFD));
        }
        List<String> first = fixture.tokens(type, composed);
        List<String> second = fixture.tokens(type, decomposed);
        assertThat(first.get(letters.indexOf("é"))).isEqualTo("[qeq]");
        List<String> different = new ArrayList<>();
        for (int i = 0; i < letters.size(); i++) {
            if (!first.get(i).equals(second.get(i))) {
                different.add(letters.get(i) + " " + first.get(i) + " " + second.get(i));
            }
        }
        assertThat(different).isEmpty();
    }

    /** Hangul and compatibility ideographs, as spellings.txt says. */
    private static boolean isLeftOut(int c) {
        return Character.UnicodeScript.of(c) == Character.UnicodeScript.HANGUL
                || Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
    }

    @Test
    void both_genders_of_a_title_are_found_by_either() throws Exception {
        String[] titles = {
            "Zygmotard·euse", "Zygmotard·e", "Zygmotard·se", "Zygmotard·e·s", "Zygmotard·esse", "Zygmotard·enne"
        };
        List<Offer> offers = new ArrayList<>();
        for (String title : titles) {
            offers.add(SampleOffers.offer(title, title, "CDD", null));
        }
        fixture.write(SampleOffers.later(Cell.of("Art", Continent.EU), offers));
        assertThat(fixture.ids("q=zygmotard")).containsExactlyInAnyOrder(titles);
    }

    @Test
    void what_is_found_is_marked_whole() throws Exception {
        JsonNode found = fixture.json("api/offers?rows=100&q=" + SearchFixture.encode(WORDS));
        for (JsonNode offer : found.get("offers")) {
            JsonNode parts = offer.get("id").asText().equals("in-text")
                    ? offer.get("excerpt").get(0)
                    : offer.get("title");
            List<String> marked = new ArrayList<>();
            StringBuilder whole = new StringBuilder();
            for (JsonNode part : parts) {
                whole.append(part.get("text").asText());
                if (part.path("found").asBoolean()) {
                    marked.add(plain(part.get("text").asText()));
                }
            }
            assertThat(String.join(" ", marked)).as(offer.get("id").asText()).isEqualTo("elephantologue cofinciere");
            assertThat(offer.get("name").asText().equals("Poste")
                            || whole.toString().equals(offer.get("name").asText()))
                    .as("the title is shown as it came")
                    .isTrue();
        }
    }

    @Test
    void spellings_of_a_value_are_one_value_of_a_facet() throws Exception {
        JsonNode all = fixture.json("api/offers?q=" + SearchFixture.encode(WORDS));
        List<JsonNode> contracts = StreamSupport.stream(
                        all.at("/facets/contract").spliterator(), false)
                .toList();
        assertThat(contracts).hasSize(1);
        assertThat(contracts.get(0).get("count").asInt()).isEqualTo(SPELLINGS.size() + 1);
        for (Form form : List.of(Form.NFC, Form.NFD)) {
            String contract = SearchFixture.encode(Normalizer.normalize("Intérim", form));
            JsonNode filtered = fixture.json("api/offers?contract=" + contract + "&q=" + SearchFixture.encode(WORDS));
            assertThat(filtered.get("total").asInt()).isEqualTo(SPELLINGS.size() + 1);
            assertThat(filtered.at("/facets/contract").size()).isEqualTo(1);
            assertThat(filtered.at("/facets/contract/0/selected").asBoolean()).isTrue();
        }
    }

    @Test
    void suggestions_and_spelling_agree() throws Exception {
        for (String typed : SPELLINGS.values()) {
            String q = SearchFixture.encode(typed.replace("Poste:", "").replace("!", ""));
            JsonNode suggestions = fixture.json("api/suggest?q=" + q).get("suggestions");
            List<String> folded = new ArrayList<>();
            suggestions.forEach(
                    suggestion -> folded.add(plain(suggestion.get("text").asText())));
            assertThat(folded).as(typed).contains("elephantologue cofinciere").doesNotHaveDuplicates();
        }
        String misspelt = Normalizer.normalize("Éléphantôlogue cofunçière", Form.NFD);
        JsonNode help =
                fixture.json("api/offers?q=" + SearchFixture.encode(misspelt)).get("help");
        assertThat(plain(help.at("/spelling/q").asText())).isEqualTo("elephantologue cofinciere");
        assertThat(fixture.json("api/suggest?q=" + SearchFixture.encode("ｔｅ\u00ADｃｈ"))
                        .at("/suggestions/0/text")
                        .asText())
                .isEqualTo("Tech");
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Form.NFKD)
                .replaceAll("[\\p{M}\\p{Cf}!]", "")
                .trim()
                .toLowerCase(Locale.ROOT);
    }

    private static String wide(String text) {
        return map(text, c -> c == ' ' ? '\u3000' : c - '!' + '\uFF01');
    }

    /** As people write in networks where no type can be chosen. */
    private static String bold(String text) {
        return map(text, c -> c == ' ' ? ' ' : c >= 'a' ? 0x1D5EE + c - 'a' : 0x1D5D4 + c - 'A');
    }

    private static String map(String text, IntUnaryOperator character) {
        return text.codePoints()
                .map(character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
