package org.offerstorm.tools.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.OfferParser;
import org.offerstorm.core.parse.ParseResult;

/** The rules and the pipeline's parser on documents with some bytes changed: the same are accepted, with the same fields. */
class InputRulesFuzzTest {
    private static final int CASES = 60_000;
    private static final String[] DOCUMENTS = {
        "{\"id\":\"a1\",\"name\":\"Thé 🌙\",\"profession_id\":205,\"office_latitude\":48.85,\"office_longitude\":-180,"
                + "\"published_at\":\"2026-03-01T09:30:00.25+01:00\"}",
        "{\"name\":\"n\\u00e9\\ud83d\\ude00\",\"id\":\"a1\",\"company\":\" \",\"contract_type\":null,\"x\":[{\"a\":1}]}",
        "{\"id\":-12,\"name\":\"n\",\"office_latitude\":-0.0,\"office_longitude\":1e-400,\"description\":\"\\t\\n\"}",
        "{\"id\":\"a1\",\"name\":\"n\",\"published_at\":\"+02026-02-29t23:59z\",\"profession_id\":9007199254740992}",
        "{\"id\":\"a1\",\"name\":\"n\",\"category\":\" Tech\",\"url\":\"hTTps://é.example:8/a?b=1#@\",\"remote\":true,"
                + "\"city\":\"Genève\",\"country\":null,\"salary_period\":\"YEAR\"}",
        "{\"id\":\"a1\",\"name\":\"n\",\"salary_min\":10,\"salary_max\":1e2,\"salary_currency\":\"eUr\","
                + "\"salary_period\":\"hour\",\"valid_through\":\"2199-12-31T23:59:59.999Z\"}",
        "{\"id\":\"a1\",\"name\":\"n\",\"salary_max\":1000000000000000,\"salary_min\":-0.0,\"remote\":false,"
                + "\"url\":\"http://a\",\"category\":\"\\u200b\",\"valid_through\":\"2200-01-01T01:00+01\"}"
    };
    private static final String[] ADDRESSES = {
        "http://a.example/b?c=d#e", "HTTPS://a:80", "https://[::1]/", "http:///", ""
    };
    private static final String OF_ADDRESSES = ":/?#@.a%[]-_`<> \u00A0\u200B\u2800\uD83D\uDE80\uDB40\uDC20\u00E9";
    private static final String ALPHABET = "{}[]\",:\\ \t\n0123456789+-.eEuzZtT/aidnul@#?`<\u0000\u001b\u0080\u00ff";

    private final InputRules rules = new InputRules();
    private final OfferParser parser = new OfferParser();
    private final Random random = new Random(5);

    @Test
    void the_same_are_accepted() {
        int accepted = 0;
        for (int n = 0; n < CASES; n++) {
            int kind = random.nextInt(DOCUMENTS.length);
            byte[] value = spoil(DOCUMENTS[kind].getBytes(UTF_8));
            byte[] key = (kind == 2 ? "-12" : "a1").getBytes(UTF_8);
            ParseResult parsed = parser.parse(new SourceRecord(new SourcePosition(0, 0, 0), key, value));
            Verdict verdict = rules.judge(key, value);

            assertThat(describe(verdict))
                    .as(() -> new String(value, UTF_8) + " " + parsed + " " + verdict)
                    .isEqualTo(describe(MappedRules.of(parsed)));
            accepted += verdict instanceof Verdict.Accepted ? 1 : 0;
        }
        assertThat(accepted).isBetween(CASES / 10, CASES * 9 / 10);
    }

    @Test
    void the_same_addresses_are_accepted() {
        byte[] key = {'a', '1'};
        int accepted = 0;
        for (int n = 0; n < CASES; n++) {
            StringBuilder url = new StringBuilder(ADDRESSES[random.nextInt(ADDRESSES.length)]);
            for (int i = random.nextInt(4); i > 0; i--) {
                url.insert(
                        random.nextInt(url.length() + 1),
                        Character.toString(OF_ADDRESSES.codePointAt(OF_ADDRESSES.offsetByCodePoints(
                                0, random.nextInt(OF_ADDRESSES.codePointCount(0, OF_ADDRESSES.length()))))));
            }
            byte[] value = ("{\"id\":\"a1\",\"name\":\"n\",\"url\":\"" + url + "\"}").getBytes(UTF_8);
            ParseResult parsed = parser.parse(new SourceRecord(new SourcePosition(0, 0, 0), key, value));
            Verdict verdict = rules.judge(key, value);

            assertThat(describe(verdict)).as(url::toString).isEqualTo(describe(MappedRules.of(parsed)));
            accepted += verdict instanceof Verdict.Accepted ? 1 : 0;
        }
        assertThat(accepted).isBetween(CASES / 10, CASES * 9 / 10);
    }

    /** Up to three changes: a byte replaced, left out or put in. */
    private byte[] spoil(byte[] document) {
        StringBuilder text = new StringBuilder(new String(document, StandardCharsets.ISO_8859_1));
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(text.length());
            char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, c);
                case 1 -> text.deleteCharAt(at);
                default -> text.insert(at, c);
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String describe(Verdict verdict) {
        return verdict instanceof Verdict.Accepted accepted
                ? accepted.id() + " " + accepted.offer()
                : LetterComparison.classOf(((Verdict.Rejected) verdict).reason());
    }
}
