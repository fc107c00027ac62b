package org.offerstorm.core.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.OfferParser;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.ParseResult.Accepted;
import org.offerstorm.core.parse.UsualOffer;

/** A mapping that only renames fields has a short way, which gives what the rules give. */
class RenamedFieldsTest {
    private static final long SEED = Long.getLong("offerstorm.fuzz.seed", 20260101L);
    private static final int CASES = Integer.getInteger("offerstorm.fuzz.cases", 300_000);

    /** Of the fields of an offer, in their order; some of one length, one beyond ASCII, one named as another field. */
    private static final List<String> NAMES = List.of(
            "référence",
            "job",
            "lat",
            "titre",
            "Latitude",
            "lon",
            "name",
            "/",
            "*",
            "branche",
            "link",
            "from",
            "upto",
            "cur",
            "per",
            "town",
            "land",
            "home",
            "until");

    private static final String[] VALUES = {
        "null",
        "true",
        "0",
        "-0.0",
        "7",
        "7.0",
        "\"7\"",
        "48.85",
        "\"48.85\"",
        "\"48,85\"",
        "1e2",
        "1e400",
        "-180",
        "91",
        "9007199254740993",
        "\"\"",
        "\" \"",
        "\"\\u200b\"",
        "\"a1\"",
        "\"a2\"",
        "\"caf\u00e9\"",
        "\"\\u00e9\\n\"",
        "\"\\ud800\"",
        "\"\\u0007\"",
        "\"2026-01-01T00:00:00Z\"",
        "\"2026-01-01\"",
        "\"2026-01-01 09:30\"",
        "[]",
        "[1]",
        "{\"name\":\"x\"}",
        "NaN",
        "tru",
        "\"" + "x".repeat(257) + "\""
    };
    private static final String STRUCTURE = "{}[]\",:\\ \t\n0-+.eEut/\u0000\u00e9";

    private final Random random = new Random(SEED);

    @Test
    void both_ways_give_the_same_verdict() {
        int accepted = 0;
        for (boolean withId : new boolean[] {true, false}) {
            MappedParser shortly = new MappedParser(renaming(withId));
            MappedParser byRules = shortly.byRules();
            UsualOffer usual = new UsualOffer(withId ? NAMES : withoutFirst());
            int taken = 0;
            for (int n = 0; n < CASES / 2; n++) {
                byte[] value = document(withId ? 0 : 1);
                SourceRecord record = new SourceRecord(new SourcePosition(0, n, 0), "a1".getBytes(UTF_8), value);
                ParseResult verdict = shortly.parse(record);
                assertThat(verdict)
                        .as("seed %d, case %d: %s", SEED, n, new String(value, UTF_8))
                        .isEqualTo(byRules.parse(record));
                accepted += verdict instanceof Accepted ? 1 : 0;
                taken += usual.read("a1", record.key(), value) != null ? 1 : 0;
            }
            assertThat(taken).as("the short way is taken").isGreaterThan(CASES / 50);
        }
        assertThat(accepted).isGreaterThan(CASES / 10);
    }

    /** Names as they are: then a mapping accepts what needs none, with the same offer. */
    @Test
    void a_mapping_that_renames_nothing_reads_the_sample_as_the_plain_parser_does() throws IOException {
        Mappings same = Mappings.empty();
        UsualOffer.NAMES.forEach(name -> same.with(StandardField.of(name), name));
        MappedParser mapped = same.parser();
        MappedParser byRules = mapped.byRules();
        OfferParser plain = new OfferParser();
        Path sample = Path.of(System.getProperty("offerstorm.root", "..")).resolve("test-data/offers.ndjson");
        int offers = 0;
        for (String line : Files.readAllLines(sample, UTF_8)) {
            int start = line.indexOf("\"id\":\"") + 6;
            int end = line.indexOf('"', start);
            if (start < 6 || end < 0) {
                continue;
            }
            SourceRecord record = Mappings.record(line.substring(start, end), line);
            ParseResult result = plain.parse(record);
            if (result instanceof Accepted accepted && accepted.change() instanceof Upsert) {
                assertThat(mapped.parse(record)).isEqualTo(result);
                assertThat(byRules.parse(record)).isEqualTo(result);
                offers++;
            }
        }
        assertThat(offers).isGreaterThan(1_000);
    }

    /** Written in JSON they would have escapes, so their bytes could be those of another name. */
    @Test
    void names_with_escapes_are_left_to_the_rules() {
        MappedParser parser = Mappings.empty().with(StandardField.NAME, "a\\b").parser();
        assertThat(Mappings.refusal(parser, "{'a\\b':'n'}")).as("a backspace").startsWith("missing_field");
        assertThat(Mappings.offer(parser, "{'a\\\\b':'n'}").name()).isEqualTo("n");
        MappedParser same = Mappings.named()
                .with(StandardField.COMPANY, "x")
                .with(StandardField.NAME, "x")
                .parser();
        assertThat(Mappings.offer(same, "{'x':'n'}").company())
                .as("two fields of one name")
                .isEqualTo("n");
    }

    private static Mapping renaming(boolean withId) {
        Mappings mappings = Mappings.empty();
        for (int i = withId ? 0 : 1; i < NAMES.size(); i++) {
            mappings.with(StandardField.of(UsualOffer.NAMES.get(i)), Rule.from(new Pointer(List.of(NAMES.get(i)))));
        }
        return mappings.mapping();
    }

    private static List<String> withoutFirst() {
        String[] names = NAMES.toArray(new String[0]);
        names[0] = null;
        return Arrays.asList(names);
    }

    private byte[] document(int first) {
        StringBuilder json = new StringBuilder("{");
        for (int field = first; field < NAMES.size(); field++) {
            if (field != 0 && field != 3 && random.nextInt(4) > 0) {
                continue;
            }
            json.append(json.length() > 1 ? "," : "")
                    .append('"')
                    .append(NAMES.get(field))
                    .append("\":");
            json.append(random.nextInt(6) == 0 ? VALUES[random.nextInt(VALUES.length)] : usualValue(field));
        }
        if (random.nextInt(20) == 0) {
            json.append(",\"x\":1");
        }
        json.append('}');
        if (random.nextInt(5) == 0) {
            int at = random.nextInt(json.length() + 1);
            char c = STRUCTURE.charAt(random.nextInt(STRUCTURE.length()));
            switch (random.nextInt(3)) {
                case 0 -> json.insert(at, c);
                case 1 -> json.setLength(at);
                default -> json.setCharAt(Math.min(at, json.length() - 1), c);
            }
        }
        byte[] bytes = json.toString().getBytes(UTF_8);
        if (bytes.length > 0 && random.nextInt(30) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private String usualValue(int field) {
        return switch (field) {
            case 0 -> "\"a1\"";
            case 1 -> Integer.toString(random.nextInt(300));
            case 4, 5 -> Double.toString(random.nextInt(-900, 900) / 10.0);
            case 8, 18 -> "\"2026-03-01T09:30:00+01:00\"";
            case 10 -> "\"https://example.org/\"";
            case 11, 12 -> Integer.toString(random.nextInt(100_000));
            case 13 -> "\"eur\"";
            case 14 -> "\"MONTH\"";
            case 17 -> "false";
            default -> "\"Caviste, \\\"nuit\\\" \u00e9\"";
        };
    }
}
