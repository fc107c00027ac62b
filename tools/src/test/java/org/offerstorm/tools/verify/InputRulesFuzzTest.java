package org.offerstorm.tools.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
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
        "{\"id\":\"a1\",\"name\":\"n\",\"published_at\":\"+02026-02-29t23:59z\",\"profession_id\":9007199254740992}"
    };
    private static final String ALPHABET = "{}[]\",:\\ \t\n0123456789+-.eEuzZtT/aidnul\u0000\u001b\u0080\u00ff";

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
                    .isEqualTo(describe(parsed));
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

    private static String describe(ParseResult result) {
        if (result instanceof ParseResult.Rejected rejected) {
            return LetterComparison.classOf(rejected.reason().code());
        }
        Offer offer = ((Upsert) ((ParseResult.Accepted) result).change()).offer();
        return offer.id() + " "
                + new PlainOffer(
                        offer.hasProfession() ? offer.professionId() : null,
                        offer.contractType(),
                        offer.name(),
                        offer.hasLocation() ? offer.latitude() : null,
                        offer.hasLocation() ? offer.longitude() : null,
                        offer.company(),
                        offer.description(),
                        offer.hasPublishedAt() ? offer.publishedAtMillis() : null);
    }
}
