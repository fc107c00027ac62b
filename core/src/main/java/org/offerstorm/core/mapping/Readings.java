package org.offerstorm.core.mapping;

import com.fasterxml.jackson.core.io.NumberInput;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.offerstorm.core.parse.Instants;
import org.offerstorm.core.parse.Keys;
import org.offerstorm.core.parse.Limits;
import org.offerstorm.core.parse.Reason;
import org.offerstorm.core.parse.Refused;
import org.offerstorm.core.parse.Text;
import org.offerstorm.core.text.Blanks;
import org.offerstorm.core.text.Quote;

/**
 * Reads values as what fields hold: texts, numbers, dates and so on, each in the ways that {@link ReadAs} names. What
 * cannot be read is refused with the field, the value, and what it must be. One thread.
 */
final class Readings {
    private static final double LARGEST_EPOCH_MILLIS = 1e15;

    private final ZoneId zone;
    private final Map<ReadAs.Date, DateTimeFormatter> patterns = new HashMap<>();

    Readings(ZoneId zone) {
        this.zone = zone;
    }

    /** The value as it is written. */
    String text(String field, Node value, int maxBytes) {
        String text = FieldSource.written(value);
        if (text == null) {
            throw badType(field, value, "a text");
        }
        Text.check(field, text, maxBytes);
        return text;
    }

    /** An id: a text as it is, or a whole number as it is written. */
    String id(String field, Node value) {
        boolean text = value instanceof Node.Text;
        if (!text && !(value instanceof Node.Num number && WrittenNumbers.isWhole(number.written()))) {
            throw badType(field, value, "a text or a whole number");
        }
        String id = text(field, value, Integer.MAX_VALUE);
        Keys.checkField(field, id);
        return id;
    }

    /** A short text that is one of a few, without blanks at its ends. */
    String word(String field, Node value) {
        return word(field, value, Limits.FURTHER_TEXT_BYTES);
    }

    String word(String field, Node value, int maxBytes) {
        return Blanks.strip(text(field, value, maxBytes));
    }

    /** One text, or the texts of an array. */
    List<String> keywords(String field, Node value) {
        List<Node> values = value instanceof Node.Items items ? items.values() : List.of(value);
        List<String> keywords = new ArrayList<>(values.size());
        for (Node one : values) {
            if (Node.isPresent(one)) {
                keywords.add(text(field, one, Limits.KEYWORD_BYTES));
            }
        }
        if (keywords.size() > Limits.KEYWORDS) {
            throw new Refused(
                    Reason.OUT_OF_RANGE, field + " has " + keywords.size() + " values; at most " + Limits.KEYWORDS);
        }
        return List.copyOf(keywords);
    }

    /** A whole number within 2^53; {@code 7.0} is one. */
    long integer(String field, Node value, ReadAs as) {
        String number = number(field, value, as, "a whole number");
        if (number.length() < 18 && WrittenNumbers.isWhole(number)) {
            return inRange(field, Long.parseLong(number), value);
        }
        double read = NumberInput.parseDouble(number, true);
        if (Math.abs(read) <= Limits.INTEGER && read != Math.rint(read)) {
            throw badType(field, value, "a whole number");
        }
        // Beyond 2^53 a double may be rounded into the range; such a number has more than 15 digits.
        return !(Math.abs(read) < Limits.INTEGER) ? inRange(field, Long.MAX_VALUE, value) : (long) read;
    }

    private static long inRange(String field, long number, Node value) {
        if (number > Limits.INTEGER || number < -Limits.INTEGER) {
            throw new Refused(Reason.OUT_OF_RANGE, field + " is " + shown(value) + ", which is beyond 2^53");
        }
        return number;
    }

    /** A finite number. */
    double decimal(String field, Node value, ReadAs as) {
        double number = NumberInput.parseDouble(number(field, value, as, "a number"), true) + 0.0;
        if (Double.isInfinite(number)) {
            throw new Refused(Reason.OUT_OF_RANGE, field + " is " + shown(value) + ", which is beyond any number");
        }
        return number;
    }

    double degrees(String field, Node value, ReadAs as, int limit) {
        double degrees = NumberInput.parseDouble(number(field, value, as, "a number"), true) + 0.0; // -0.0 becomes 0.0
        if (!(degrees >= -limit && degrees <= limit)) {
            throw new Refused(
                    Reason.OUT_OF_RANGE, field + " is " + shown(value) + "; it must be -" + limit + " to " + limit);
        }
        return limit == 180 && degrees == -180 ? 180 : degrees; // the same meridian; one name for it
    }

    boolean bool(String field, Node value) {
        if (value instanceof Node.Bool bool) {
            return bool.value();
        }
        String text = FieldSource.written(value);
        return switch (text == null ? "" : Blanks.strip(text).toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default -> throw badType(field, value, "true or false, yes or no, 1 or 0");
        };
    }

    /** Milliseconds since 1970 UTC. */
    long instant(String field, Node value, ReadAs as, Instants range) {
        try {
            if (as instanceof ReadAs.Date date) {
                return range.inRange(byPattern(field, value, date));
            }
            if (as instanceof ReadAs.EpochSeconds) {
                return range.inRange(epochMillis(field, value, 1000));
            }
            if (as instanceof ReadAs.EpochMillis) {
                return range.inRange(epochMillis(field, value, 1));
            }
            if (!(value instanceof Node.Text text)) {
                throw badType(field, value, "a date by ISO 8601 in a text");
            }
            char[] chars = Blanks.strip(text.value()).toCharArray();
            return range.parse(chars, 0, chars.length);
        } catch (Refused refused) {
            boolean told = refused.getMessage().startsWith(field + " is ");
            throw told
                    ? refused
                    : new Refused(refused.reason(), field + " is " + shown(value) + ": " + refused.getMessage());
        }
    }

    private long epochMillis(String field, Node value, int factor) {
        double number = decimal(field, value, new ReadAs.Usual()) * factor;
        return Math.round(Math.max(-LARGEST_EPOCH_MILLIS, Math.min(number, LARGEST_EPOCH_MILLIS)));
    }

    private long byPattern(String field, Node value, ReadAs.Date as) {
        String text = FieldSource.written(value);
        if (text == null) {
            throw badType(field, value, "a date in a text");
        }
        try {
            TemporalAccessor parsed = formatter(as).parse(Blanks.strip(text));
            if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
                return Instant.from(parsed).toEpochMilli();
            }
            LocalDate day = LocalDate.from(parsed);
            LocalTime time = parsed.query(TemporalQueries.localTime());
            ZoneId named = parsed.query(TemporalQueries.zone());
            return day.atTime(time == null ? LocalTime.MIDNIGHT : time)
                    .atZone(named != null ? named : as.zone() != null ? as.zone() : zone)
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new Refused(
                    Reason.BAD_DATE, field + " is " + shown(value) + "; it must be a date like " + as.pattern());
        }
    }

    private DateTimeFormatter formatter(ReadAs.Date as) {
        return patterns.computeIfAbsent(as, date -> formatter(date.pattern()));
    }

    /**
     * Strict, so that 31 February is not the 28th; month names are English.
     *
     * @throws IllegalArgumentException if the pattern is none, or has no day
     */
    static DateTimeFormatter formatter(String pattern) {
        DateTimeFormatter formatter = new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .parseDefaulting(ChronoField.ERA, 1) // of yyyy, the year of an era
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
        try {
            String sample =
                    formatter.format(Instant.parse("2026-03-15T13:14:15.160Z").atZone(ZoneId.of("UTC")));
            TemporalAccessor parsed = formatter.parse(sample);
            LocalDate.from(parsed);
            boolean timed =
                    parsed.isSupported(ChronoField.MINUTE_OF_HOUR) || parsed.isSupported(ChronoField.HOUR_OF_AMPM);
            if (timed && parsed.query(TemporalQueries.localTime()) == null) {
                throw new IllegalArgumentException("the time is incomplete; hours are HH, or hh with a for AM and PM");
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a date needs year, month and day", e);
        }
        return formatter;
    }

    /** Compiles the pattern now, not with the first record. */
    void prepare(ReadAs as) {
        if (as instanceof ReadAs.Date date) {
            formatter(date);
        }
    }

    /** Both coordinates, latitude first. */
    double[] location(String field, Node value, ReadAs as) {
        Node point = value;
        boolean longitudeFirst = as instanceof ReadAs.LonLat || as instanceof ReadAs.GeoJson;
        if (as instanceof ReadAs.GeoJson) {
            Map<String, Node> object = value instanceof Node.Fields fields ? fields.values() : Map.of();
            boolean isPoint = object.get("type") == null
                    || (object.get("type") instanceof Node.Text type
                            && type.value().equals("Point"));
            if (!isPoint || !(object.get("coordinates") instanceof Node.Items)) {
                throw badType(field, value, "a GeoJSON point with coordinates");
            }
            point = object.get("coordinates");
        }
        List<Node> pair = pair(point, as instanceof ReadAs.GeoJson);
        if (pair == null) {
            throw badType(field, value, longitudeFirst ? "a longitude and a latitude" : "a latitude and a longitude");
        }
        ReadAs usual = new ReadAs.Usual();
        double latitude = degrees(field + ": latitude", pair.get(longitudeFirst ? 1 : 0), usual, 90);
        double longitude = degrees(field + ": longitude", pair.get(longitudeFirst ? 0 : 1), usual, 180);
        return new double[] {latitude, longitude};
    }

    /** The two numbers of an array or a text; null if it has others. An altitude may follow in GeoJSON. */
    private static List<Node> pair(Node value, boolean altitude) {
        if (value instanceof Node.Items items) {
            List<Node> numbers = items.values();
            boolean two = numbers.size() == 2 || (altitude && numbers.size() == 3);
            return two && numbers.get(0) != null && numbers.get(1) != null ? numbers : null;
        }
        if (!(value instanceof Node.Text text)) {
            return null;
        }
        String inner = text.value();
        int from = 0;
        int to = inner.length();
        while (from < to && isSeparator(inner.charAt(from), "([")) {
            from++;
        }
        while (to > from && isSeparator(inner.charAt(to - 1), ")]")) {
            to--;
        }
        int gap = from;
        while (gap < to && !isSeparator(inner.charAt(gap), ",;")) {
            gap++;
        }
        int second = gap;
        int marks = 0;
        while (second < to && isSeparator(inner.charAt(second), ",;")) {
            marks += Blanks.isInvisible(inner.charAt(second)) ? 0 : 1;
            second++;
        }
        return gap == from || second == to || marks > 1
                ? null
                : List.of(new Node.Text(inner.substring(from, gap)), new Node.Text(inner.substring(second, to)));
    }

    private static boolean isSeparator(char c, String marks) {
        return marks.indexOf(c) >= 0 || Blanks.isInvisible(c);
    }

    /** The number as JSON writes it, but perhaps with a plus sign or without a zero before the point. */
    private static String number(String field, Node value, ReadAs as, String wanted) {
        if (value instanceof Node.Num number) {
            return number.written();
        }
        if (!(value instanceof Node.Text text)) {
            throw badType(field, value, wanted);
        }
        String written = Blanks.strip(text.value());
        if (written.length() > Limits.NUMBER_CHARACTERS) {
            throw new Refused(
                    Reason.NUMBER_TOO_LONG,
                    field + " is " + shown(value) + "; a number has at most " + Limits.NUMBER_CHARACTERS
                            + " characters");
        }
        String number =
                as instanceof ReadAs.Decimal decimal ? WrittenNumbers.grouped(written, decimal.separator()) : written;
        if (number == null || !WrittenNumbers.isNumber(number)) {
            boolean comma = as instanceof ReadAs.Usual && WrittenNumbers.isNumber(written.replace(',', '.'));
            throw badType(
                    field,
                    value,
                    as instanceof ReadAs.Decimal decimal
                            ? wanted + " with " + Quote.of(String.valueOf(decimal.separator())) + " before the decimals"
                            : comma ? wanted + " with a decimal point, or be read as \"decimal ,\"" : wanted);
        }
        return number.charAt(0) == '+' ? number.substring(1) : number;
    }

    private static Refused badType(String field, Node value, String wanted) {
        return new Refused(Reason.BAD_TYPE, field + " is " + shown(value) + "; it must be " + wanted);
    }

    /** The value, cut; of an array or object only that it is one. */
    private static String shown(Node value) {
        if (value instanceof Node.Num number) {
            return number.written();
        }
        String text = FieldSource.written(value);
        return text == null ? kind(value) : value instanceof Node.Text ? Quote.of(text) : text;
    }

    static String kind(Node value) {
        if (value instanceof Node.Items) {
            return "an array";
        }
        return value instanceof Node.Fields ? "an object" : value == null ? "null" : "a single value";
    }
}
