package org.offerstorm.dashboard.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.offerstorm.dashboard.search.Highlights.Part;

class ExcerptTest {
    private static final String[] CHARACTERS = {
        "a",
        "é",
        "e\u0301",
        "\uD83D\uDE00",
        "\uD83D\uDC69\u200D\uD83D\uDCBB",
        "\uD83C\uDDEB\uD83C\uDDF7",
        "\uD83D\uDC4D\uD83C\uDFFD",
        "語",
        " ",
        " ",
        "\n",
        "\u1112\u1161\u11AB",
        "न\u093F",
        "-",
        "\u00A0"
    };

    @Test
    void short_passages_stay_as_they_are() {
        List<List<Part>> passages = List.of(List.of(new Part("Some ", false), new Part("Java", true)), List.of());
        assertThat(Excerpt.of(passages)).isEqualTo(passages);
    }

    @Test
    void what_was_found_is_near_the_beginning() {
        for (int before = 0; before < 1_000; before += 7) {
            String text = "word ".repeat(before);
            List<List<Part>> cut = Excerpt.of(List.of(List.of(new Part(text, false), new Part("Java", true))));
            assertThat(text(cut).indexOf("Java")).as("after %d words", before).isBetween(0, 111);
        }
    }

    @Test
    void most_of_the_different_words_are_shown() {
        String far = "word ".repeat(200);
        List<Part> passage = List.of(
                new Part("Java", true),
                new Part(" " + far, false),
                new Part("Java", true),
                new Part(" and ", false),
                new Part("Redis", true),
                new Part(" " + far, false));
        List<Part> cut = Excerpt.of(List.of(passage)).get(0);
        assertThat(cut).contains(new Part("Java", true), new Part(" and ", false), new Part("Redis", true));
        assertThat(cut.get(0)).isEqualTo(new Part("…", false));
        assertThat(cut.get(cut.size() - 1)).isEqualTo(new Part("…", false));
        assertThat(cut.get(1).text()).startsWith("word ");
        assertThat(cut.get(cut.size() - 2).text()).endsWith(" word");
    }

    @Test
    void a_found_word_without_an_end_is_cut_between_characters() {
        for (String endless : List.of("x", "\uD83D\uDE00", "e\u0301")) {
            List<Part> cut = Excerpt.of(List.of(List.of(new Part(endless.repeat(2_000), true))))
                    .get(0);
            assertThat(cut.get(0).found()).isTrue();
            assertThat(cut.get(0).text()).hasSizeBetween(Excerpt.MAX - 2, Excerpt.MAX);
            assertThat(cut.get(0).text().length() % endless.length()).isZero();
        }
        String accents = "e" + "\u0301".repeat(5_000);
        assertThat(text(Excerpt.of(List.of(List.of(new Part(accents, true)))))).hasSizeLessThan(600);
    }

    @Test
    void any_text_is_cut_between_characters_and_shows_a_whole_found_word() {
        Random random = new Random(19);
        for (int round = 0; round < 3_000; round++) {
            List<Part> passage = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                passage.add(new Part(characters(random, 1 + random.nextInt(300)), false));
                passage.add(new Part(word(random), true));
            }
            passage.add(new Part(characters(random, random.nextInt(400)), false));
            String all = text(List.of(passage));

            List<Part> cut = Excerpt.of(List.of(passage)).get(0);

            boolean late = cut.get(0).text().equals("…");
            boolean early = cut.get(cut.size() - 1).text().equals("…");
            List<Part> shown = cut.subList(late ? 1 : 0, early ? cut.size() - 1 : cut.size());
            String text = text(List.of(shown));
            assertThat(all).contains(text);
            assertThat(text.length()).isLessThanOrEqualTo(Math.max(Excerpt.MAX, 0));
            assertThat(late || all.startsWith(text)).isTrue();
            assertThat(early || all.endsWith(text)).isTrue();
            assertThat(shown).as(all).anyMatch(Part::found);
            List<String> words =
                    passage.stream().filter(Part::found).map(Part::text).toList();
            assertThat(shown.stream().filter(Part::found).map(Part::text)).allMatch(words::contains);
            int from = all.indexOf(text);
            assertThat(isBoundary(all, from) && isBoundary(all, from + text.length()))
                    .as("cut between characters: " + text)
                    .isTrue();
        }
    }

    /** As the JDK sees them, which does not know pictures that are joined. */
    private static boolean isBoundary(String text, int index) {
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        return characters.isBoundary(index)
                && (index == 0 || text.charAt(index - 1) != '\u200D')
                && (index == text.length() || text.charAt(index) != '\u200D');
    }

    private static String word(Random random) {
        return random.ints(3 + random.nextInt(9), 'a', 'z')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static String characters(Random random, int count) {
        int first = random.nextInt(CHARACTERS.length);
        int kinds = 1 + random.nextInt(CHARACTERS.length);
        return random.ints(count, 0, kinds)
                .mapToObj(i -> CHARACTERS[(first + i) % CHARACTERS.length])
                .collect(Collectors.joining());
    }

    private static String text(List<List<Part>> passages) {
        return passages.stream().flatMap(List::stream).map(Part::text).collect(Collectors.joining());
    }
}
