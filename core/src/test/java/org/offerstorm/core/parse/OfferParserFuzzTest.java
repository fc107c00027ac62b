package org.offerstorm.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Salary;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.ParseResult.Rejected;

/**
 * The parser against Jackson's tree: the same documents are JSON, and an accepted offer has the tree's values. More
 * cases: {@code -Dofferstorm.fuzz.cases=…}; another start: {@code -Dofferstorm.fuzz.seed=…}.
 */
class OfferParserFuzzTest {
    private static final int CASES = Integer.getInteger("offerstorm.fuzz.cases", 300_000);
    private static final long SEED = Long.getLong("offerstorm.fuzz.seed", 20260101L);

    private static final String[] FIELDS = {
        "id",
        "profession_id",
        "contract_type",
        "name",
        "office_latitude",
        "office_longitude",
        "company",
        "description",
        "published_at",
        "category",
        "url",
        "salary_min",
        "salary_max",
        "salary_currency",
        "salary_period",
        "city",
        "country",
        "remote",
        "valid_through",
        "salary",
        "x"
    };
    private static final String[] TEXTS = {
        "id",
        "name",
        "contract_type",
        "company",
        "description",
        "published_at",
        "category",
        "url",
        "salary_currency",
        "salary_period",
        "city",
        "country",
        "valid_through"
    };
    private static final String[] SCALARS = {
        "null",
        "true",
        "false",
        "0",
        "-0",
        "-0.0",
        "7",
        "-12",
        "48.85",
        "1e2",
        "1E-400",
        "1e400",
        "180",
        "-180",
        "90.5",
        "9007199254740993",
        "\"\"",
        "\" \"",
        "\"\u00a0\"",
        "\"\\u200b\\ufeff\"",
        "\"\\u3164\\u0301\"",
        "\"a1\"",
        "\"caf\u00e9\"",
        "\"\\u00e9\\n\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud800\"",
        "\"\\u0007\"",
        "\"2026-01-01T00:00:00Z\"",
        "\"2026-01-01\"",
        "\"2150-01-01T00:00:00Z\"",
        "\"https://example.org/\"",
        "\"eUr\"",
        "\"Month\"",
        "1e15",
        "01",
        "NaN",
        "'a'",
        "tru"
    };
    private static final Pattern INVISIBLE = Pattern.compile(
            "[\\s\\p{Z}\\p{Cc}\\p{Cf}\u3164\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\ufe00-\ufe0f\uffa0"
                    + "\\x{e0000}-\\x{e0fff}&&[^\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2]]*");
    private static final Pattern URL =
            Pattern.compile("(?i:https?)://(?!:)[^/?#@\\s\\p{Z}\\p{C}\"<>\\\\`]+([/?#][^\\s\\p{Z}\\p{C}\"<>\\\\`]*)?");
    private static final Pattern CURRENCY = Pattern.compile("[A-Za-z]{3}");
    private static final Pattern PERIOD = Pattern.compile("(?i:hour|day|week|month|year)");
    private static final String STRUCTURE = "{}[]\",:\\ \t\n0-+.eEut/\u0000\u00e9";

    private final ObjectMapper tree = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final OfferParser parser = new OfferParser();
    private final OfferParser strict = OfferParser.strict();
    private final Random random = new Random(SEED);

    @Test
    void the_parser_and_the_tree_agree() {
        Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
        int accepted = 0;
        long begin = System.nanoTime();
        for (int n = 0; n < CASES; n++) {
            byte[] value = document();
            SourceRecord record = Cases.record("a1".getBytes(UTF_8), value);
            ParseResult result = parser.parse(record);
            ParseResult strictly = strict.parse(record);
            String problem = result.equals(strictly) ? compare(result, value) : "strictly it is " + strictly;
            if (problem != null) {
                throw new AssertionError("seed " + SEED + ", case " + n + ": " + problem + "\n" + result + "\n"
                        + new String(value, UTF_8));
            }
            if (result instanceof Rejected rejected) {
                reasons.merge(rejected.reason(), 1, Integer::sum);
            } else {
                accepted++;
            }
        }
        System.out.printf(
                "%d cases, seed %d: %d accepted, refused %s, %.1f s%n",
                CASES, SEED, accepted, reasons, (System.nanoTime() - begin) / 1e9);
        // The cases are worth something: every kind came up.
        assertThat(accepted).isGreaterThan(CASES / 20);
        assertThat(reasons)
                .containsKeys(
                        Reason.BAD_UTF8,
                        Reason.BAD_JSON,
                        Reason.TRAILING_DATA,
                        Reason.DUPLICATE_FIELD,
                        Reason.NOT_AN_OBJECT,
                        Reason.TOO_DEEP,
                        Reason.NAME_TOO_LONG,
                        Reason.NUMBER_TOO_LONG,
                        Reason.TEXT_TOO_LONG,
                        Reason.BAD_TYPE,
                        Reason.MISSING_FIELD,
                        Reason.KEY_MISMATCH,
                        Reason.BAD_TEXT,
                        Reason.BAD_VALUE,
                        Reason.OUT_OF_RANGE,
                        Reason.COORDINATES_INCOMPLETE,
                        Reason.BAD_DATE);
    }

    private String compare(ParseResult result, byte[] value) {
        if (result instanceof Rejected rejected) {
            return switch (rejected.reason()) {
                case PARSER_FAILED -> "the parser failed";
                case BAD_UTF8 ->
                    Utf8.firstMalformed(value, 0, value.length) >= 0 || hasNulInFirstFour(value)
                            ? null
                            : "refused as no UTF-8";
                // Told where the reading came to it; what follows is not read, and need not be JSON.
                case TOO_DEEP -> count(value, "[{") > Limits.DEPTH ? null : "too few brackets for that";
                case NAME_TOO_LONG -> value.length > Limits.FIELD_NAME_BYTES ? null : "too short for that";
                case NUMBER_TOO_LONG -> count(value, "0123456789") > Limits.NUMBER_CHARACTERS - 5 ? null : "few digits";
                case NOT_AN_OBJECT -> {
                    JsonNode node = node(value);
                    yield node != null && !node.isObject() ? null : "refused as JSON of another kind";
                }
                case BAD_JSON, TRAILING_DATA, DUPLICATE_FIELD, EMPTY_VALUE ->
                    node(value) == null ? null : "refused, but the tree reads it";
                default -> {
                    JsonNode node = node(value);
                    yield node == null
                            ? "a field is blamed, but the tree finds no JSON"
                            : blame(rejected.reason(), node);
                }
            };
        }
        JsonNode node = node(value);
        if (node == null || !node.isObject()) {
            return "accepted, but it is not an object";
        }
        String beyond = beyondLimits(node, 1);
        return beyond != null ? "accepted, but " + beyond : differences(Cases.offerOf(result), node);
    }

    /** Which limit the parser should have kept, or null. The tree forgets how a number was written. */
    private static String beyondLimits(JsonNode node, int depth) {
        if (node.isContainerNode() && depth > Limits.DEPTH) {
            return "nested too deep";
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            if (names.next().getBytes(UTF_8).length > Limits.FIELD_NAME_BYTES) {
                return "with too long a name";
            }
        }
        for (JsonNode child : node) {
            String beyond = beyondLimits(child, depth + 1);
            if (beyond != null) {
                return beyond;
            }
        }
        return depth == 1 && hasLongText(node) ? "with too long a text" : null;
    }

    private static boolean hasLongText(JsonNode node) {
        return isLong(node, "name", Limits.NAME_BYTES)
                || isLong(node, "company", Limits.COMPANY_BYTES)
                || isLong(node, "category", Limits.CATEGORY_BYTES)
                || isLong(node, "url", Limits.URL_BYTES)
                || isLong(node, "city", Limits.PLACE_BYTES)
                || isLong(node, "country", Limits.PLACE_BYTES)
                || isLong(node, "contract_type", Limits.CONTRACT_TYPE_BYTES)
                || isLong(node, "description", Limits.DESCRIPTION_BYTES);
    }

    private static boolean isLong(JsonNode node, String field, int bytes) {
        return node.path(field).asText("").getBytes(UTF_8).length > bytes;
    }

    private static int count(byte[] value, String characters) {
        int count = 0;
        for (byte b : value) {
            count += b > 0 && characters.indexOf(b) >= 0 ? 1 : 0;
        }
        return count;
    }

    /** Null if the reason can be seen in the tree. */
    private static String blame(Reason reason, JsonNode node) {
        boolean seen =
                switch (reason) {
                    case MISSING_FIELD -> isAbsent(node.get("id")) || isAbsent(node.get("name"));
                    case KEY_MISMATCH -> !"a1".equals(node.path("id").textValue());
                    case COORDINATES_INCOMPLETE ->
                        node.hasNonNull("office_latitude") != node.hasNonNull("office_longitude");
                    case OUT_OF_RANGE ->
                        Math.abs(node.path("office_latitude").doubleValue()) > 90
                                || Math.abs(node.path("office_longitude").doubleValue()) > 180
                                || Math.abs(node.path("profession_id").doubleValue()) >= Limits.INTEGER
                                || isNoAmount(node.path("salary_min"))
                                || isNoAmount(node.path("salary_max"))
                                || (node.hasNonNull("salary_max")
                                        && node.path("salary_min").doubleValue()
                                                > node.path("salary_max").doubleValue());
                    case BAD_DATE, DATE_OUT_OF_RANGE ->
                        node.path("published_at").isTextual()
                                || node.path("valid_through").isTextual();
                    case BAD_VALUE ->
                        isNot(URL, node.get("url"))
                                || isNot(CURRENCY, node.get("salary_currency"))
                                || isNot(PERIOD, node.get("salary_period"));
                    case BAD_TYPE -> hasWrongType(node);
                    case BAD_TEXT -> hasBadText(node);
                    case TEXT_TOO_LONG -> hasLongText(node);
                    default -> false;
                };
        return seen ? null : "not so in the tree";
    }

    private static boolean isNoAmount(JsonNode node) {
        return node.isNumber() && !(node.doubleValue() >= 0 && node.doubleValue() <= 1e15);
    }

    private static boolean isNot(Pattern pattern, JsonNode node) {
        return !isAbsent(node) && !pattern.matcher(node.asText()).matches();
    }

    private static boolean hasWrongType(JsonNode node) {
        boolean wrong =
                node.hasNonNull("profession_id") && !node.get("profession_id").isIntegralNumber();
        wrong |= node.hasNonNull("remote") && !node.get("remote").isBoolean();
        for (String field : new String[] {"office_latitude", "office_longitude", "salary_min", "salary_max"}) {
            wrong |= node.hasNonNull(field) && !node.get(field).isNumber();
        }
        for (String field : TEXTS) {
            wrong |= node.hasNonNull(field) && !node.get(field).isTextual();
        }
        return wrong;
    }

    private static boolean hasBadText(JsonNode node) {
        boolean bad = false;
        for (String field : TEXTS) {
            String text = node.path(field).asText("");
            bad |= text.codePoints().anyMatch(c -> Text.isForbiddenControl(c) || (c >= 0xD800 && c <= 0xDFFF));
        }
        return bad;
    }

    private static String differences(Offer offer, JsonNode node) {
        boolean same = "a1".equals(node.path("id").textValue())
                && offer.name().equals(node.path("name").textValue())
                && offer.hasProfession() == node.hasNonNull("profession_id")
                && (!offer.hasProfession()
                        || offer.professionId() == node.get("profession_id").longValue())
                && equalText(offer.contractType(), node.get("contract_type"))
                && equalText(offer.company(), node.get("company"))
                && equalText(offer.description(), node.get("description"))
                && offer.hasPublishedAt() == node.hasNonNull("published_at")
                && equalDegrees(offer.latitude(), node.get("office_latitude"))
                && equalDegrees(offer.longitude(), node.get("office_longitude"));
        return same ? detailDifferences(offer.details(), node) : "accepted with other values: " + offer;
    }

    private static String detailDifferences(Details details, JsonNode node) {
        Salary salary = details.salary() == null ? new Salary(Double.NaN, Double.NaN, null, null) : details.salary();
        boolean same = equalText(details.category(), node.get("category"))
                && equalText(details.url(), node.get("url"))
                && !isNot(URL, node.get("url"))
                && equalText(details.city(), node.get("city"))
                && equalText(details.country(), node.get("country"))
                && equalDegrees(salary.min(), node.get("salary_min"))
                && equalDegrees(salary.max(), node.get("salary_max"))
                && !(salary.min() > salary.max())
                && Objects.equals(salary.currency(), text(node.get("salary_currency"), true))
                && Objects.equals(salary.period(), text(node.get("salary_period"), false))
                && Objects.equals(
                        details.remote(),
                        node.hasNonNull("remote") ? node.get("remote").booleanValue() : null)
                && details.hasValidThrough() == node.hasNonNull("valid_through");
        return same ? null : "accepted with other details: " + details;
    }

    private static String text(JsonNode node, boolean upperCase) {
        if (isAbsent(node)) {
            return null;
        }
        return upperCase
                ? node.textValue().toUpperCase(Locale.ROOT)
                : node.textValue().toLowerCase(Locale.ROOT);
    }

    private static boolean equalText(String text, JsonNode node) {
        return text == null ? isAbsent(node) : text.equals(node.textValue());
    }

    private static boolean equalDegrees(double degrees, JsonNode node) {
        if (Double.isNaN(degrees)) {
            return node == null || node.isNull();
        }
        return node.isNumber() && (degrees == node.doubleValue() || (degrees == 180 && node.doubleValue() == -180));
    }

    private static boolean isAbsent(JsonNode node) {
        return node == null
                || node.isNull()
                || (node.isTextual() && INVISIBLE.matcher(node.textValue()).matches());
    }

    private JsonNode node(byte[] value) {
        try {
            JsonNode node = tree.readTree(value);
            return node.isMissingNode() ? null : node;
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean hasNulInFirstFour(byte[] value) {
        for (int i = 0; i < Math.min(4, value.length); i++) {
            if (value[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private byte[] document() {
        if (random.nextInt(40) == 0) {
            byte[] raw = new byte[random.nextInt(100)];
            random.nextBytes(raw);
            return raw;
        }
        StringBuilder json = new StringBuilder();
        if (random.nextInt(20) == 0) {
            value(json, 0);
        } else {
            offer(json);
        }
        if (random.nextInt(3) == 0) {
            for (int edits = 1 + random.nextInt(2); edits > 0; edits--) {
                edit(json);
            }
        }
        byte[] bytes = json.toString().getBytes(UTF_8);
        if (bytes.length > 0 && random.nextInt(30) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private void offer(StringBuilder json) {
        json.append("{\"id\":").append(random.nextInt(20) == 0 ? scalar() : "\"a1\"");
        json.append(", \"name\" : ").append(random.nextInt(10) == 0 ? scalar() : "\"Caviste, \\\"nuit\\\" \u00e9\"");
        for (int fields = random.nextInt(5); fields > 0; fields--) {
            String name = FIELDS[2 + random.nextInt(FIELDS.length - 2)];
            if (name.equals("office_latitude") && random.nextInt(4) > 0) {
                json.append(",\"office_longitude\":").append(random.nextInt(-1800, 1800) / 10.0);
                json.append(",\"office_latitude\":").append(random.nextInt(-900, 900) / 10.0);
                continue;
            }
            json.append(",\"").append(name).append("\":");
            value(json, 1);
        }
        json.append('}');
    }

    /** Just within or beyond a limit. */
    private void extreme(StringBuilder json) {
        int more = random.nextInt(-2, 3);
        switch (random.nextInt(4)) {
            case 0 -> {
                int depth = Limits.DEPTH - 1 + more;
                json.append("[".repeat(depth)).append("]".repeat(depth));
            }
            case 1 ->
                json.append("{\"")
                        .append("f".repeat(Limits.FIELD_NAME_BYTES + more))
                        .append("\":0}");
            case 2 -> json.append("1.").append("5".repeat(Limits.NUMBER_CHARACTERS - 2 + more));
            default ->
                json.append('"')
                        .append("\u00e9".repeat(Limits.CONTRACT_TYPE_BYTES / 2 + more))
                        .append('"');
        }
    }

    private void value(StringBuilder json, int depth) {
        if (depth == 1 && random.nextInt(30) == 0) {
            extreme(json);
            return;
        }
        int kind = random.nextInt(depth > 4 ? 1 : 8);
        if (kind < 6) {
            json.append(scalar());
            return;
        }
        boolean object = kind == 6;
        json.append(object ? '{' : '[');
        for (int i = random.nextInt(3); i >= 0; i--) {
            if (object) {
                json.append('"').append((char) ('a' + random.nextInt(6))).append("\":");
            }
            value(json, depth + 1);
            json.append(i > 0 ? "," : "");
        }
        json.append(object ? '}' : ']');
    }

    private String scalar() {
        return SCALARS[random.nextInt(SCALARS.length)];
    }

    private void edit(StringBuilder json) {
        int at = random.nextInt(json.length() + 1);
        char c = STRUCTURE.charAt(random.nextInt(STRUCTURE.length()));
        switch (random.nextInt(4)) {
            case 0 -> json.insert(at, c);
            case 1 -> json.setLength(at);
            case 2 -> json.append(c);
            default -> {
                if (at < json.length()) {
                    json.setCharAt(at, c);
                }
            }
        }
    }
}
