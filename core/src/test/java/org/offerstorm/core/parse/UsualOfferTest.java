package org.offerstorm.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.ParseResult.Accepted;

/** The short way gives what the strict reading gives, or nothing; {@link OfferParserFuzzTest} compares millions. */
class UsualOfferTest {
    private static final String ID = "a1";

    private final UsualOffer usual = new UsualOffer();
    private final OfferParser strict = OfferParser.strict();

    /** Else it would be of no use. */
    @Test
    void takes_every_sound_offer_of_the_sample() throws IOException {
        Path sample = Path.of(System.getProperty("offerstorm.root", "..")).resolve("test-data/offers.ndjson");
        int taken = 0;
        for (String line : Files.readAllLines(sample, UTF_8)) {
            int start = line.indexOf("\"id\":\"") + 6;
            int end = line.indexOf('"', start);
            if (start < 6 || end < 0) {
                continue;
            }
            String id = line.substring(start, end);
            Offer offer = strictly(id, line);
            if (offer != null) {
                assertThat(quickly(id, line)).as(line).isEqualTo(offer);
                taken++;
            }
        }
        assertThat(taken).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"a1\",\"name\":\"n\"}",
                "{ \"id\" :\t\"a1\" ,\n\"name\":\"n\"\r\n}",
                "{\"name\":\"é€😀\\n\\t\\\"\\\\\\/\",\"id\":\"a1\",\"company\":null}",
                "{\"id\":\"a1\",\"name\":\"n\",\"office_latitude\":-0.0,\"office_longitude\":-180}",
                "{\"id\":\"a1\",\"name\":\"n\",\"office_latitude\":0,\"office_longitude\":48.85123456789012345}",
                "{\"id\":\"a1\",\"name\":\"n\",\"profession_id\":999999999999999,\"company\":\" \\n\"}",
                "{\"id\":\"a1\",\"name\":\"n\",\"published_at\":\"2026-01-31T09:30:00.123+05:30\"}",
                "{\"id\":\"a1\",\"name\":\"12345678\",\"description\":\"1234567\"}",
                "{\"id\":\"a1\",\"name\":\"n\",\"category\":\"Tech\",\"url\":\"https://a.example\",\"salary_min\":-0.0,"
                        + "\"salary_max\":123456789012345,\"salary_currency\":\"eur\",\"salary_period\":\"Hour\","
                        + "\"city\":\"é\",\"country\":\"FR\",\"remote\":true,\"valid_through\":\"2150-01-01T00:00Z\"}",
                "{\"id\":\"a1\",\"name\":\"n\",\"remote\":false ,\"city\":null,\"url\":\" \"}"
            })
    void reads_what_is_usual(String document) {
        assertThat(quickly(ID, document)).isNotNull().isEqualTo(strictly(ID, document));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "}",
                "{}",
                "{\"id\"}",
                "{\"id\":}",
                "{\"id\":\"a1\"}",
                "{\"id\":\"a1\",}",
                "{\"id\":\"a2\",\"name\":\"n\"}",
                "{\"id\":\"\\u00611\",\"name\":\"n\"}",
                "{\"id\":1,\"name\":\"n\"}",
                "{\"id\":\"a1\",\"name\":\"n\",\"name\":\"n\"}",
                "{\"id\":\"a1\",\"name\":\"n\",\"salary\":1}",
                "{\"id\":\"a1\",\"name\":\"\\u00e9\"}",
                "{\"id\":\"a1\",\"name\":\"\\b\"}",
                "{\"id\":\"a1\",\"name\":\"\\'\"}",
                "{\"id\":\"a1\",\"name\":\"a\u0007\"}",
                "{\"id\":\"a1\",\"name\":\"a\tb\"}",
                "{\"id\":\"a1\",\"name\":\" \"}",
                "{\"id\":\"a1\",\"name\":\"n\\\"}",
                "{\"id\":\"a1\",\"name\":\"n\" \"company\":\"c\"}",
                "{\"id\":\"a1\",\"name\":\"n\",\"profession_id\":-1}",
                "{\"id\":\"a1\",\"name\":\"n\",\"profession_id\":01}",
                "{\"id\":\"a1\",\"name\":\"n\",\"profession_id\":1.0}",
                "{\"id\":\"a1\",\"name\":\"n\",\"profession_id\":9007199254740993}",
                "{\"id\":\"a1\",\"name\":\"n\",\"office_latitude\":1}",
                "{\"id\":\"a1\",\"name\":\"n\",\"office_latitude\":91,\"office_longitude\":1}",
                "{\"id\":\"a1\",\"name\":\"n\",\"office_latitude\":1e1,\"office_longitude\":1}",
                "{\"id\":\"a1\",\"name\":\"n\",\"office_latitude\":1.,\"office_longitude\":1}",
                "{\"id\":\"a1\",\"name\":\"n\",\"office_latitude\":.5,\"office_longitude\":1}",
                "{\"id\":\"a1\",\"name\":\"n\",\"office_latitude\":NaN,\"office_longitude\":1}",
                "{\"id\":\"a1\",\"name\":\"n\",\"published_at\":\"2026-01-31\"}",
                "{\"id\":\"a1\",\"name\":\"n\",\"url\":\"a.example\"}",
                "{\"id\":\"a1\",\"name\":\"n\",\"salary_min\":-1}",
                "{\"id\":\"a1\",\"name\":\"n\",\"salary_min\":1e3}",
                "{\"id\":\"a1\",\"name\":\"n\",\"salary_min\":2,\"salary_max\":1}",
                "{\"id\":\"a1\",\"name\":\"n\",\"salary_mix\":2}",
                "{\"id\":\"a1\",\"name\":\"n\",\"remote\":tru}",
                "{\"id\":\"a1\",\"name\":\"n\",\"remote\":truer}",
                "{\"id\":\"a1\",\"name\":\"n\",\"remote\":\"true\"}",
                "{\"id\":\"a1\",\"name\":\"n\",\"valid_through\":\"2250-01-01T00:00Z\"}",
                "{\"id\":\"a1\",\"name\":\"n\",\"company\":nul}",
                "{\"id\":\"a1\",\"name\":\"n\",\"company\":{}}",
                "{\"id\":\"a1\",\"name\":\"n\"} ",
                "{\"id\":\"a1\",\"name\":\"n\"}}",
                "\uFEFF{\"id\":\"a1\",\"name\":\"n\"}"
            })
    void leaves_the_rest_to_the_strict_reading(String document) {
        assertThat(quickly(ID, document)).isNull();
    }

    @Test
    void a_text_that_is_not_utf_8_is_left_to_the_strict_reading() {
        byte[] document = "{\"id\":\"a1\",\"name\":\"caf?\"}".getBytes(UTF_8);
        document[document.length - 3] = (byte) 0xE9;
        assertThat(usual.read(ID, ID.getBytes(UTF_8), document)).isNull();
    }

    @Test
    void coordinates_are_the_nearest_doubles_regardless_of_their_digits() {
        Random random = new Random(20260101);
        for (int i = 0; i < 200_000; i++) {
            double degrees = (random.nextDouble() - 0.5) * 2 * (random.nextBoolean() ? 90 : 1e-3);
            String written =
                    switch (i % 4) {
                        case 0 -> String.format(Locale.ROOT, "%.7f", degrees);
                        case 1 -> String.format(Locale.ROOT, "%.14f", degrees);
                        case 2 -> String.format(Locale.ROOT, "%.22f", degrees);
                        default -> Integer.toString((int) degrees);
                    };
            Offer offer = quickly(
                    ID, "{\"id\":\"a1\",\"name\":\"n\",\"office_latitude\":" + written + ",\"office_longitude\":0}");
            assertThat(offer.latitude()).as(written).isEqualTo(Double.parseDouble(written) + 0.0);
        }
    }

    /** Quotes, escapes and letters at every distance from the begin and the end of a word of eight bytes. */
    @Test
    void texts_of_all_lengths_and_of_all_characters_are_read() {
        String[] pieces = {"a", "é", "€", "😀", "\\\"", "\\\\", "\\n", " "};
        Random random = new Random(20260101);
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder("x");
            for (int length = random.nextInt(40); length > 0; length--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            String document = "{\"id\":\"a1\",\"name\":\"" + text + "\",\"description\":\"" + text + "\"}";
            Offer offer = strictly(ID, document);
            assertThat(offer).as(document).isNotNull();
            assertThat(quickly(ID, document)).as(document).isEqualTo(offer);
        }
    }

    private Offer quickly(String id, String document) {
        return usual.read(id, id.getBytes(UTF_8), document.getBytes(UTF_8));
    }

    private Offer strictly(String id, String document) {
        SourceRecord record = Cases.record(id.getBytes(UTF_8), document.getBytes(UTF_8));
        return strict.parse(record) instanceof Accepted accepted && accepted.change() instanceof Upsert upsert
                ? upsert.offer()
                : null;
    }
}
