package org.offerstorm.core.option;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offerstorm.core.text.PlainText;

/** Durations ({@code 500 ms}, {@code 10 s}, {@code 5 min}, {@code 2 h}, {@code 1 d}) and sizes ({@code 64 KiB}). */
public final class Units {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15})\\s*([A-Za-z]+)");
    private static final Map<String, Duration> DURATIONS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "min", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Map<String, Long> SIZES = Map.of("b", 1L, "kib", 1L << 10, "mib", 1L << 20, "gib", 1L << 30);

    private Units() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException with what is allowed, if the text is not a duration
     */
    public static Duration duration(String text) {
        Matcher matcher = AMOUNT.matcher(text.strip());
        Duration unit = matcher.matches() ? DURATIONS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException(
                    "'" + PlainText.excerpt(text) + "' is not a duration; write 500 ms, 10 s, 5 min, 2 h or 1 d");
        }
        try {
            return unit.multipliedBy(Long.parseLong(matcher.group(1)));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("'" + PlainText.excerpt(text) + "' is too long a time", e);
        }
    }

    /**
     * Reads a duration as whole milliseconds; what is beyond a long is the largest.
     *
     * @throws IllegalArgumentException with what is allowed, if the text is not a duration
     */
    static long millis(String text) {
        try {
            return duration(text).toMillis();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * Reads a whole number.
     *
     * @throws IllegalArgumentException with what is allowed, if the text is not a whole number
     */
    static long whole(String text) {
        if (!text.matches("-?\\d{1,18}")) {
            throw new IllegalArgumentException(
                    "'" + PlainText.excerpt(text) + "' is not a whole number; write digits alone");
        }
        return Long.parseLong(text);
    }

    /**
     * Reads a size.
     *
     * @return bytes
     * @throws IllegalArgumentException with what is allowed, if the text is not a size
     */
    public static long size(String text) {
        Matcher matcher = AMOUNT.matcher(text.strip());
        Long unit = matcher.matches() ? SIZES.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw new IllegalArgumentException(
                    "'" + PlainText.excerpt(text) + "' is not a size; write 512 B, 64 KiB, 128 MiB or 1 GiB");
        }
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("'" + PlainText.excerpt(text) + "' is too large", e);
        }
    }
}
