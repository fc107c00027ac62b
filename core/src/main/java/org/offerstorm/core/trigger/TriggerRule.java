package org.offerstorm.core.trigger;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.text.NormalForm;

/**
 * A rule on the table, as people write it:
 *
 * <pre>
 *   MEASURE(CATEGORY, CONTINENT) OPERATOR NUMBER [for DURATION] [until OPERATOR NUMBER]
 *
 *   count(Tech, EU) > 1500                     live offers
 *   rate(*, AF) == 0 for 10m                   offers that came or went within the last minute
 *   change(Health, *) &lt; -50 until >= 0        came less went within the last minute
 * </pre>
 *
 * It fires when the comparison has held for the duration, and not again until {@code until} has held. Immutable.
 *
 * @param measure what is compared
 * @param category {@link #ANY}, or the one category
 * @param continent null for any
 * @param condition when it fires
 * @param held how long the condition must hold first; zero: at once
 * @param until when it is over
 */
public record TriggerRule(
        Measure measure, String category, Continent continent, Condition condition, Duration held, Condition until)
        implements AlertRule {
    /** All categories. */
    public static final String ANY = "*";

    /** What a rule compares. */
    public enum Measure {
        /** Live offers. */
        COUNT,
        /** Offers that came or went within the last minute. */
        RATE,
        /** Offers that came less those that went within the last minute. */
        CHANGE
    }

    private static final String FORM =
            "write MEASURE(CATEGORY, CONTINENT) OPERATOR NUMBER, such as count(Tech, EU) > 1500 or rate(*, AF) == 0"
                    + " for 10m";
    private static final String COMPARISON = "(>=|<=|==|!=|>|<)\\s*(-?\\d{1,15})";
    private static final Pattern RULE = Pattern.compile("(\\w+)\\s*\\(\\s*(.+?)\\s*,\\s*([\\w*]+)\\s*\\)\\s*"
            + COMPARISON + "(?:\\s+for\\s+(\\d{1,6})\\s*(s|m|min|h|d))?(?:\\s+until\\s+" + COMPARISON + ")?");

    /**
     * Reads a rule. A category may be in quotation marks.
     *
     * @throws IllegalArgumentException if the text is none; the message says what to write
     */
    public static TriggerRule parse(String text) {
        Matcher matcher = RULE.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is not a rule; " + FORM);
        }
        Condition condition = new Condition(matcher.group(4), Long.parseLong(matcher.group(5)));
        Condition until = matcher.group(8) == null
                ? condition.opposite()
                : new Condition(matcher.group(8), Long.parseLong(matcher.group(9)));
        if (condition.holds(until.number()) && until.holds(until.number())) {
            throw new IllegalArgumentException("is over while it still holds, at " + until.number()
                    + "; write an 'until' that leaves '" + condition + "'");
        }
        return new TriggerRule(
                measure(matcher.group(1)),
                category(matcher.group(2)),
                continent(matcher.group(3)),
                condition,
                matcher.group(6) == null ? Duration.ZERO : duration(matcher.group(6), matcher.group(7)),
                until);
    }

    /** Whether a cell is one of those that are measured. */
    public boolean concerns(Cell cell) {
        return (continent == null || continent == cell.continent())
                && (category.equals(ANY) || NormalForm.areAlike(category, cell.category()));
    }

    /** Whether it is about the whole table. */
    public boolean concernsAll() {
        return continent == null && category.equals(ANY);
    }

    private static Measure measure(String name) {
        for (Measure measure : Measure.values()) {
            if (measure.name().toLowerCase(Locale.ROOT).equals(name)) {
                return measure;
            }
        }
        throw new IllegalArgumentException(
                "knows no measure of that name; choose count, rate or change for the table; the"
                        + " pipeline's have no continent, such as lag > 100000");
    }

    private static String category(String text) {
        boolean quoted = text.length() > 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static Continent continent(String name) {
        if (name.equals(ANY)) {
            return null;
        }
        return Arrays.stream(Continent.values())
                .filter(continent -> continent.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("names no continent; choose *, "
                        + Arrays.stream(Continent.values()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    private static Duration duration(String amount, String unit) {
        long n = Long.parseLong(amount);
        return switch (unit) {
            case "s" -> Duration.ofSeconds(n);
            case "m", "min" -> Duration.ofMinutes(n);
            case "h" -> Duration.ofHours(n);
            default -> Duration.ofDays(n);
        };
    }
}
