package org.offerstorm.tools.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules of docs/input.md, written down once more, the plain way: the value becomes a text, the text a tree, and the
 * tree is looked at. Slower than the pipeline's parser and sharing nothing with it but Jackson. Used by one thread.
 */
final class InputRules implements Rules {
    private static final int KEY_BYTES = 512;
    private static final int VALUE_BYTES = 1 << 20;
    private static final long INTEGER = 1L << 53;
    private static final Set<Character> WHITE_SPACE = Set.of(' ', '\t', '\n', '\r');
    private static final Pattern NOT_ON_ONE_LINE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");
    /** White space, control characters, and those with the Unicode property Default_Ignorable_Code_Point. */
    private static final String NOT_SEEN = "[\\p{Z}\\p{Cc}\\x{ad}\\x{34f}\\x{61c}\\x{115f}\\x{1160}"
            + "\\x{17b4}\\x{17b5}\\x{180b}-\\x{180f}\\x{200b}-\\x{200f}\\x{202a}-\\x{202e}\\x{2060}-\\x{206f}\\x{2800}"
            + "\\x{3164}\\x{fe00}-\\x{fe0f}\\x{feff}\\x{ffa0}\\x{fff0}-\\x{fffb}\\x{1bca0}-\\x{1bca3}"
            + "\\x{1d173}-\\x{1d17a}\\x{e0000}-\\x{e0fff}]";

    private static final Pattern NOTHING_SEEN = Pattern.compile(NOT_SEEN + "*");
    /** An absolute address; what may be nowhere in it is {@link #NOT_IN_ADDRESSES}. */
    private static final Pattern ADDRESS = Pattern.compile("(?i:https?)://[^/?#:@][^/?#@]*([/?#].*)?", Pattern.DOTALL);

    private static final Pattern NOT_IN_ADDRESSES = Pattern.compile(NOT_SEEN + "|[\"<>\\\\`]");
    private static final Pattern CURRENCY = Pattern.compile("[A-Za-z]{3}");
    private static final Set<String> PERIODS = Set.of("hour", "day", "week", "month", "year");
    private static final double SALARY = 1e15;
    private static final int LAST_PUBLISHED = 2100;
    private static final int LAST_VALID = 2200;

    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final JsonShape shape = new JsonShape();

    @Override
    public Verdict judge(byte[] key, byte[] value) {
        try {
            String id = id(key);
            if (value == null) {
                return new Verdict.Accepted(id, null);
            }
            StringBuilder idAsWritten = new StringBuilder();
            JsonNode tree = shape.object(text(value), idAsWritten);
            return new Verdict.Accepted(id, offer(tree, id, idAsWritten));
        } catch (Refusal refusal) {
            return new Verdict.Rejected(refusal.reason());
        }
    }

    private String id(byte[] key) throws Refusal {
        if (key == null) {
            throw new Refusal("key_missing");
        }
        if (key.length == 0) {
            throw new Refusal("key_empty");
        }
        if (key.length > KEY_BYTES) {
            throw new Refusal("key_too_long");
        }
        String id = decode(key, "key_bad_utf8");
        if (NOT_ON_ONE_LINE.matcher(id).find()) {
            throw new Refusal("bad_text");
        }
        if (NOTHING_SEEN.matcher(id).matches()) {
            throw new Refusal("key_empty");
        }
        return id;
    }

    private String text(byte[] value) throws Refusal {
        if (value.length > VALUE_BYTES) {
            throw new Refusal("too_large");
        }
        String text = decode(value, "bad_utf8");
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        if (text.startsWith("\uFEFF")) {
            throw new Refusal("bad_json"); // one mark is dropped, a second is not JSON
        }
        if (text.substring(0, Math.min(4, text.length())).indexOf('\0') >= 0) {
            throw new Refusal("bad_utf8"); // UTF-16 or UTF-32 of plain letters is well-formed UTF-8, with NULs
        }
        if (isWhiteSpace(text)) {
            throw new Refusal("empty_value");
        }
        return text;
    }

    private String decode(byte[] bytes, String reason) throws Refusal {
        try {
            CharBuffer text = utf8.decode(ByteBuffer.wrap(bytes));
            return text.toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(reason);
        }
    }

    private static PlainOffer offer(JsonNode tree, String key, StringBuilder idAsWritten) throws Refusal {
        boolean hasId = false;
        Long profession = null;
        String contract = null;
        String name = null;
        Double latitude = null;
        Double longitude = null;
        String company = null;
        String description = null;
        Long published = null;
        String category = null;
        String url = null;
        Double salaryMin = null;
        Double salaryMax = null;
        String currency = null;
        String period = null;
        String city = null;
        String country = null;
        Boolean remote = null;
        Long validThrough = null;
        for (Iterator<Map.Entry<String, JsonNode>> fields = tree.properties().iterator(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            JsonNode value = field.getValue();
            if (value.isNull()) {
                continue;
            }
            switch (field.getKey()) {
                case "id" -> hasId = isKey(value, key, idAsWritten);
                case "profession_id" -> profession = integer(value);
                case "contract_type" -> contract = text(value, 256);
                case "name" -> name = text(value, 1024);
                case "office_latitude" -> latitude = degrees(value, 90);
                case "office_longitude" -> {
                    Double degrees = degrees(value, 180);
                    longitude = degrees == -180 ? 180 : degrees;
                }
                case "company" -> company = text(value, 1024);
                case "description" -> description = text(value, 64 * 1024);
                case "published_at" -> published = instant(value, LAST_PUBLISHED);
                case "category" -> category = text(value, 256);
                case "url" -> url = address(text(value, 2048));
                case "salary_min" -> salaryMin = salary(value);
                case "salary_max" -> salaryMax = salary(value);
                case "salary_currency" -> currency = currency(text(value, Integer.MAX_VALUE));
                case "salary_period" -> period = period(text(value, Integer.MAX_VALUE));
                case "city" -> city = text(value, 256);
                case "country" -> country = text(value, 256);
                case "remote" -> remote = bool(value);
                case "valid_through" -> validThrough = instant(value, LAST_VALID);
                default -> {
                    // not of an offer: ignored
                }
            }
        }
        if (!hasId || name == null) {
            throw new Refusal("missing_field");
        }
        if ((latitude == null) != (longitude == null)) {
            throw new Refusal("coordinates_incomplete");
        }
        if (salaryMin != null && salaryMax != null && salaryMin > salaryMax) {
            throw new Refusal("out_of_range");
        }
        PlainDetails details = new PlainDetails(
                url,
                salaryMin,
                salaryMax,
                currency,
                period,
                city,
                country,
                remote,
                validThrough,
                Collections.emptySortedMap());
        return new PlainOffer(
                profession, contract, name, latitude, longitude, company, description, published, category, details);
    }

    /** False if the id is blank, which is absent. */
    private static boolean isKey(JsonNode value, String key, StringBuilder asWritten) throws Refusal {
        if (value.isIntegralNumber()) {
            if (!isInteger53(value) || !asWritten.toString().equals(key)) {
                throw new Refusal("bad_type");
            }
            return true;
        }
        String id = text(value, Integer.MAX_VALUE);
        if (id != null && !id.equals(key)) {
            throw new Refusal("key_mismatch");
        }
        return id != null;
    }

    private static Long integer(JsonNode value) throws Refusal {
        if (!value.isIntegralNumber()) {
            throw new Refusal("bad_type");
        }
        if (!isInteger53(value)) {
            throw new Refusal("out_of_range");
        }
        return value.longValue();
    }

    private static boolean isInteger53(JsonNode value) {
        return value.canConvertToLong() && value.longValue() >= -INTEGER && value.longValue() <= INTEGER;
    }

    private static Double degrees(JsonNode value, int limit) throws Refusal {
        if (!value.isNumber()) {
            throw new Refusal("bad_type");
        }
        double degrees = value.doubleValue();
        if (!(Math.abs(degrees) <= limit)) {
            throw new Refusal("out_of_range");
        }
        return degrees == 0 ? 0.0 : degrees; // no -0.0
    }

    private static Long instant(JsonNode value, int lastYear) throws Refusal {
        if (!value.isTextual()) {
            throw new Refusal("bad_type");
        }
        return InstantRules.millis(value.textValue(), lastYear);
    }

    private static Double salary(JsonNode value) throws Refusal {
        if (!value.isNumber()) {
            throw new Refusal("bad_type");
        }
        double amount = value.doubleValue();
        if (amount < 0 || amount > SALARY) {
            throw new Refusal("out_of_range");
        }
        return amount == 0 ? 0.0 : amount; // no -0.0
    }

    private static Boolean bool(JsonNode value) throws Refusal {
        if (!value.isBoolean()) {
            throw new Refusal("bad_type");
        }
        return value.booleanValue();
    }

    private static String address(String text) throws Refusal {
        if (text != null
                && (!ADDRESS.matcher(text).matches()
                        || NOT_IN_ADDRESSES.matcher(text).find())) {
            throw new Refusal("bad_value");
        }
        return text;
    }

    private static String currency(String text) throws Refusal {
        if (text != null && !CURRENCY.matcher(text).matches()) {
            throw new Refusal("bad_value");
        }
        return text == null ? null : text.toUpperCase(Locale.ROOT);
    }

    private static String period(String text) throws Refusal {
        String period = text == null ? null : text.toLowerCase(Locale.ROOT);
        if (period != null && !PERIODS.contains(period)) {
            throw new Refusal("bad_value");
        }
        return period;
    }

    /** Null if it is blank. */
    private static String text(JsonNode value, int maxBytes) throws Refusal {
        if (!value.isTextual()) {
            throw new Refusal("bad_type");
        }
        String text = value.textValue();
        if (hasControl(text) || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new Refusal("bad_text"); // what cannot be encoded is half a surrogate pair
        }
        if (JsonShape.bytes(text) > maxBytes) {
            throw new Refusal("text_too_long");
        }
        return NOTHING_SEEN.matcher(text).matches() ? null : text;
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(c -> c < ' ' && c != '\t' && c != '\n' && c != '\r');
    }

    private static boolean isWhiteSpace(String text) {
        return text.chars().allMatch(c -> WHITE_SPACE.contains((char) c));
    }
}
