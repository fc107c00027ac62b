package org.offerstorm.solr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.lucene.analysis.CharFilter;
import org.apache.lucene.analysis.CharFilterFactory;
import org.apache.lucene.analysis.charfilter.MappingCharFilterFactory;
import org.apache.lucene.util.ClasspathResourceLoader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Lucene's own filter, over the mapping that offers have: the same characters, from the same places. */
final class QuickMappingCharFilterTest {
    private static final long SEED = 20261122;
    private static final String[] PIECES = {
        "C++",
        "c#",
        ".NET",
        "ASP.NET",
        "asp.net",
        "VB.NET",
        "ASP.NE",
        "R&D",
        "r&",
        "développeur·se",
        "·e·s",
        "·e",
        "·",
        "(e)s",
        "(e)",
        "(e",
        "chargé-e",
        "FULL_TIME",
        "_",
        "l’offre",
        "‘",
        "\u00AD",
        "\u200B",
        "\uFEFF",
        " ",
        " ",
        ". ",
        "ingénieur",
        "data",
        "C",
        "c",
        "+",
        "#",
        "\uD83D\uDE80",
        "\uD83D",
        "\u012B",
        "\u205F",
        "\n",
        "<b>",
        ""
    };

    private static CharFilterFactory stock;
    private static CharFilterFactory quick;

    @BeforeAll
    static void readMapping() throws Exception {
        stock = factory("mapping");
        quick = factory("quickMapping");
        assertThat(quick).isInstanceOf(QuickMappingCharFilterFactory.class);
        assertThat(stock).isExactlyInstanceOf(MappingCharFilterFactory.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "C",
                "C++",
                "C++ C#/.NET",
                "l’offre d’emploi",
                "chef·fe·s de projet(e)s",
                "R&D & F&B",
                "\u00AD"
            })
    void replacesAsLucene(String text) throws Exception {
        assertThat(mapped(quick, text, 512)).isEqualTo(mapped(stock, text, 512));
    }

    @Test
    void replacesAsLuceneInTextsMadeOfWhatIsMapped() throws Exception {
        Random random = new Random(SEED);
        for (int n = 0; n < 20_000; n++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(40); pieces > 0; pieces--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            int buffer = 1 + random.nextInt(300);
            assertThat(mapped(quick, text.toString(), buffer))
                    .as("seed %d, text %d: %s", SEED, n, text)
                    .isEqualTo(mapped(stock, text.toString(), buffer));
        }
    }

    @Test
    void replacesAsLuceneInTextsLongerThanAnyBuffer() throws Exception {
        for (int length = 500; length < 530; length++) { // across what is read at once
            String plain = "x".repeat(length);
            assertThat(mapped(quick, plain, 100)).isEqualTo(mapped(stock, plain, 100));
            for (String name : List.of("C++", "ASP.NET", "_")) {
                String text = plain + name + " " + plain + name;
                assertThat(mapped(quick, text, 100)).isEqualTo(mapped(stock, text, 100));
            }
        }
        for (int length : List.of(256, 1024, 65_536)) {
            String growing = "c#".repeat(length);
            assertThat(mapped(quick, growing, 100)).isEqualTo(mapped(stock, growing, 100));
        }
    }

    /**
     * What comes out, then the offsets that places of it have in the text: of its end after each read, and of all places when
     * the whole is read.
     */
    private static String mapped(CharFilterFactory factory, String text, int buffer) throws IOException {
        StringBuilder out = new StringBuilder();
        try (Reader reader = factory.create(new StringReader(text))) {
            char[] chars = new char[buffer];
            List<Integer> offsets = new ArrayList<>();
            for (int count = reader.read(chars, 0, buffer); count >= 0; count = reader.read(chars, 0, buffer)) {
                out.append(chars, 0, count);
                offsets.add(((CharFilter) reader).correctOffset(out.length()));
            }
            assertThat(reader.read()).isEqualTo(-1);
            for (int offset = 0; offset <= out.length(); offset++) {
                offsets.add(((CharFilter) reader).correctOffset(offset));
            }
            return out + "\n" + offsets;
        }
    }

    private static CharFilterFactory factory(String name) throws IOException {
        Map<String, String> attributes = Map.of("mapping", "conf/solr/offers/conf/mapping.txt");
        CharFilterFactory factory = CharFilterFactory.forName(name, new HashMap<>(attributes));
        ((MappingCharFilterFactory) factory)
                .inform(new ClasspathResourceLoader(QuickMappingCharFilterTest.class.getClassLoader()));
        return factory;
    }
}
