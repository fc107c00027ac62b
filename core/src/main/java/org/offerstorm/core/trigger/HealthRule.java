package org.offerstorm.core.trigger;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A rule on the health of the pipeline, as people write it:
 *
 * <pre>
 *   MEASURE[(WHAT)] OPERATOR VALUE [for DURATION] [until OPERATOR VALUE]
 *
 *   lag > 100000 for 5m
 *   held(solr) > 0 for 1m
 *   durable_age > 60s
 *   dead_letters(bad_json) > 100
 * </pre>
 *
 * Immutable. Times are milliseconds.
 *
 * @param measure what is compared
 * @param what the one sink, component or reason; {@link #ANY} for all
 */
public record HealthRule(Measure measure, String what, Condition condition, Duration held, Condition until)
        implements AlertRule {
    /** All sinks, components or reasons. */
    public static final String ANY = "*";

    /** What a rule compares. */
    public enum Measure {
        /** Records in the topic that are not durable yet. */
        LAG(false, false),
        /** Time since something became durable; zero while nothing waits. */
        DURABLE_AGE(false, true),
        /** Age of the oldest record that is not durable yet; zero if there is none. */
        OLDEST(false, true),
        /** Chunks that a sink, or all, hold. */
        HELD(true, false),
        /** Tasks of a component, or of all, that hold. */
        HOLDING(true, false),
        /** Dead letters of a reason, or all, within the last minute. */
        DEAD_LETTERS(true, false),
        /** Dead letters among a hundred records of the last minute. */
        DEAD_LETTER_PERCENT(false, false),
        /** Records read within the last minute. */
        RECORDS(false, false),
        /** Chunks replayed within the last minute. */
        REPLAYS(false, false),
        /** Gaps in the log within the last minute. */
        GAPS(false, false),
        /** Stores that lost what they had acknowledged, within the last minute. */
        REWINDS(false, false),
        /** The slowest hundredth of the last minute, from Kafka to durable in a sink; the slowest sink for {@link #ANY}. */
        LATENCY(true, true),
        /** Workers that answer. */
        WORKERS(false, false),
        /** Workers that are listed and do not answer. */
        SILENT(false, false);

        private final boolean takesWhat;
        private final boolean isTime;

        Measure(boolean takesWhat, boolean isTime) {
            this.takesWhat = takesWhat;
            this.isTime = isTime;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final String COMPARISON = "(>=|<=|==|!=|>|<)\\s*(\\d{1,12}(?:\\.\\d{1,3})?)\\s*(ms|s|m|min|h|d|%)?";
    private static final Pattern START = Pattern.compile("(\\w+)\\b.*", Pattern.DOTALL);
    private static final Pattern RULE = Pattern.compile("(\\w+)(?:\\s*\\(\\s*([\\w*.-]+)\\s*\\))?\\s*" + COMPARISON
            + "(?:\\s+for\\s+(\\d{1,6})\\s*(s|m|min|h|d))?(?:\\s+until\\s+" + COMPARISON + ")?");
    private static final String FORM =
            "write MEASURE OPERATOR VALUE, such as lag > 100000 for 5m, held(solr) > 0 for 1m"
                    + " or durable_age > 60s";

    /** Whether a text is meant to be such a rule: it begins with one of the measures. */
    static boolean isOne(String text) {
        Matcher start = START.matcher(text.strip());
        return start.matches() && measure(start.group(1)).isPresent();
    }

    /**
     * Reads a rule.
     *
     * @throws IllegalArgumentException if the text is none; the message says what to write
     */
    public static HealthRule parse(String text) {
        Matcher matcher = RULE.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is not a rule; " + FORM);
        }
        Measure measure = measure(matcher.group(1))
                .orElseThrow(() -> new IllegalArgumentException("knows no measure of that name; choose "
                        + Arrays.stream(Measure.values()).map(Measure::word).collect(Collectors.joining(", "))));
        String what = matcher.group(2) == null ? ANY : matcher.group(2);
        if (!what.equals(ANY) && !measure.takesWhat) {
            throw new IllegalArgumentException(
                    "measures one value for all; write " + measure.word() + " without brackets");
        }
        Condition condition = new Condition(matcher.group(3), value(measure, matcher.group(4), matcher.group(5)));
        Condition until = matcher.group(8) == null
                ? opposite(measure, condition)
                : new Condition(matcher.group(8), value(measure, matcher.group(9), matcher.group(10)));
        if (overlap(condition, until)) {
            throw new IllegalArgumentException(
                    "is over while it still holds; write an 'until' that leaves the condition");
        }
        return new HealthRule(
                measure,
                what,
                condition,
                matcher.group(6) == null
                        ? Duration.ZERO
                        : Duration.ofMillis(millis(new BigDecimal(matcher.group(6)), matcher.group(7))),
                until);
    }

    @Override
    public String words(long value) {
        return measure.isTime
                ? BigDecimal.valueOf(value, 3).stripTrailingZeros().toPlainString() + " s"
                : "" + value;
    }

    @Override
    public double number(long value) {
        return measure.isTime ? value / 1_000.0 : value;
    }

    /** Whether a value fires and ends it at once; if any does, one next to a threshold does. */
    private static boolean overlap(Condition condition, Condition until) {
        return LongStream.of(condition.number(), until.number())
                .flatMap(number -> LongStream.rangeClosed(number - 1, number + 1))
                .anyMatch(value -> condition.holds(value) && until.holds(value));
    }

    /** A threshold of zero has no margin: the values are not negative. */
    private static Condition opposite(Measure measure, Condition condition) {
        if (condition.number() == 0 && condition.operator().equals(">")) {
            return new Condition("==", 0);
        }
        if (condition.number() <= 1 && condition.operator().equals(">=")) {
            return new Condition("<", condition.number());
        }
        return measure == Measure.WORKERS || measure == Measure.SILENT
                ? condition.exactOpposite()
                : condition.opposite();
    }

    private static Optional<Measure> measure(String word) {
        return Arrays.stream(Measure.values())
                .filter(measure -> measure.word().equals(word))
                .findFirst();
    }

    private static long value(Measure measure, String number, String unit) {
        BigDecimal amount = new BigDecimal(number);
        if (measure.isTime) {
            if ("%".equals(unit)) {
                throw new IllegalArgumentException("compares a time with a percentage; write 60s or 500ms");
            }
            return millis(amount, unit == null ? "s" : unit);
        }
        if (unit != null && !(unit.equals("%") && measure == Measure.DEAD_LETTER_PERCENT)) {
            throw new IllegalArgumentException("compares a number with a " + (unit.equals("%") ? "percentage" : "time")
                    + "; write the number alone");
        }
        try {
            return amount.longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("compares with a fraction; write a whole number", e);
        }
    }

    private static long millis(BigDecimal amount, String unit) {
        long factor =
                switch (unit) {
                    case "ms" -> 1;
                    case "s" -> 1_000;
                    case "m", "min" -> 60_000;
                    case "h" -> 3_600_000;
                    default -> 86_400_000;
                };
        return amount.multiply(BigDecimal.valueOf(factor)).longValue();
    }
}
