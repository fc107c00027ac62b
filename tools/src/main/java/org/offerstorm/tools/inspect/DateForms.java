package org.offerstorm.tools.inspect;

import java.text.ParsePosition;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** In which form dates are written, found by their values. */
final class DateForms {
    private static final int LOOKED_AT = 2_000;
    private static final double ENOUGH = 0.95;
    private static final Pattern ISO = Pattern.compile("\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])"
            + "([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}(:?\\d{2})?)?)?");
    private static final Pattern ZONED = Pattern.compile(".*(Z|:\\d{2}(\\.\\d+)?[+-]\\d{2}(:?\\d{2})?)");
    private static final Pattern DIGITS = Pattern.compile("\\d+(\\.\\d+)?");
    private static final double FIRST_SECOND = 946_684_800; // 2000
    private static final double LAST_SECOND = 4_102_444_800.0; // 2100
    private static final List<String> DAYS = List.of(
            "dd/MM/yyyy",
            "d/M/yyyy",
            "MM/dd/yyyy",
            "M/d/yyyy",
            "dd.MM.yyyy",
            "d.M.yyyy",
            "dd-MM-yyyy",
            "d-M-yyyy",
            "yyyy/MM/dd",
            "yyyyMMdd",
            "dd-MMM-yyyy",
            "d MMM yyyy",
            "d MMMM yyyy",
            "MMM d, yyyy",
            "MMMM d, yyyy");
    private static final List<String> TIMES =
            List.of("", " HH:mm", " HH:mm:ss", " h:mm a", " hh:mm:ss a", "'T'HH:mm:ss");
    private static final Map<String, DateTimeFormatter> FORMATTERS = formatters();

    private DateForms() {}

    /**
     * The form of dates.
     *
     * @param as as a mapping writes it; null: ISO 8601, which needs none
     * @param other another form that fits as well, which means other days; null: there is none
     * @param zoned whether each value says its zone
     */
    record Form(String as, String other, boolean zoned) {}

    /** The form of at least 95 % of the values; null if they are not dates. */
    static Form of(Collection<String> values) {
        List<String> some = values.stream().map(String::strip).limit(LOOKED_AT).toList();
        if (some.isEmpty() || some.stream().limit(20).noneMatch(value -> value.matches(".*\\d.*"))) {
            return null;
        }
        if (isEnough(some, value -> ISO.matcher(value).matches())) {
            return new Form(null, null, some.stream().allMatch(value -> ZONED.matcher(value)
                    .matches()));
        }
        if (isEnough(some, value -> isEpoch(value, 1))) {
            return new Form("epoch-seconds", null, true);
        }
        if (isEnough(some, value -> isEpoch(value, 1000))) {
            return new Form("epoch-millis", null, true);
        }
        return byPattern(some);
    }

    private static Form byPattern(List<String> some) {
        List<String> fitting = new ArrayList<>();
        long most = 0;
        for (Map.Entry<String, DateTimeFormatter> candidate : FORMATTERS.entrySet()) {
            if (!fits(some.get(0), candidate.getValue()) && !fits(some.get(some.size() - 1), candidate.getValue())) {
                continue;
            }
            long count = some.stream()
                    .filter(value -> fits(value, candidate.getValue()))
                    .count();
            if (count >= some.size() * ENOUGH && count >= most) {
                if (count > most) {
                    fitting.clear();
                }
                most = count;
                fitting.add(candidate.getKey());
            }
        }
        if (fitting.isEmpty()) {
            return null;
        }
        String first = fitting.get(0);
        String other = fitting.stream()
                .filter(pattern -> first.startsWith("d") != pattern.startsWith("d"))
                .findFirst()
                .orElse(null);
        boolean zoned = first.endsWith("Z") || first.endsWith("z");
        return new Form(first, other, zoned);
    }

    private static boolean isEnough(List<String> values, Predicate<String> fits) {
        return values.stream().filter(fits).count() >= values.size() * ENOUGH;
    }

    private static boolean isEpoch(String value, int factor) {
        if (!DIGITS.matcher(value).matches()) {
            return false;
        }
        double seconds = Double.parseDouble(value) / factor;
        return seconds >= FIRST_SECOND && seconds < LAST_SECOND;
    }

    /** Whether a value is a date in the form that {@code as} names. */
    static boolean fits(String as, String value) {
        String plain = value.strip();
        if (as == null) {
            return ISO.matcher(plain).matches();
        }
        return as.startsWith("epoch-")
                ? isEpoch(plain, as.equals("epoch-millis") ? 1000 : 1)
                : fits(plain, FORMATTERS.get(as));
    }

    /** Without an exception for a value that does not fit, which would cost more than all else. */
    private static boolean fits(String value, DateTimeFormatter formatter) {
        ParsePosition end = new ParsePosition(0);
        TemporalAccessor parsed = formatter.parseUnresolved(value, end);
        return parsed != null
                && end.getErrorIndex() < 0
                && end.getIndex() == value.length()
                && isWithin(parsed, ChronoField.MONTH_OF_YEAR, 12)
                && isWithin(parsed, ChronoField.DAY_OF_MONTH, 31);
    }

    private static boolean isWithin(TemporalAccessor parsed, ChronoField field, int most) {
        return parsed.isSupported(field) && parsed.getLong(field) >= 1 && parsed.getLong(field) <= most;
    }

    private static Map<String, DateTimeFormatter> formatters() {
        Map<String, DateTimeFormatter> formatters = new LinkedHashMap<>();
        List<String> patterns = new ArrayList<>();
        DAYS.forEach(day -> TIMES.forEach(time -> patterns.add(day + time)));
        patterns.add("EEE, d MMM yyyy HH:mm:ss Z");
        patterns.add("EEE, d MMM yyyy HH:mm:ss z");
        for (String pattern : patterns) {
            formatters.put(
                    pattern,
                    new DateTimeFormatterBuilder()
                            .parseCaseInsensitive()
                            .appendPattern(pattern)
                            .toFormatter(Locale.ENGLISH));
        }
        return formatters;
    }
}
