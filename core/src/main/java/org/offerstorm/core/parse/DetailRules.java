package org.offerstorm.core.parse;

import java.util.Locale;
import org.offerstorm.core.model.Salary;
import org.offerstorm.core.text.Blanks;
import org.offerstorm.core.text.Quote;

/** Which texts and numbers an offer's details may be, as docs/input.md has them. Stateless. */
public final class DetailRules {
    private DetailRules() {}

    /**
     * Checks an absolute address of http or https.
     *
     * @throws Refused as {@link Reason#BAD_VALUE}
     */
    public static String url(String field, String url) {
        int host =
                url.regionMatches(true, 0, "https://", 0, 8) ? 8 : url.regionMatches(true, 0, "http://", 0, 7) ? 7 : 0;
        boolean inHost = true;
        for (int i = host; i < url.length() && host > 0; ) {
            int c = url.codePointAt(i);
            if (c == '/' || c == '?' || c == '#') {
                inHost = false;
            }
            boolean badInHost = inHost && (c == '@' || (c == ':' && i == host));
            boolean badAtFirst = !inHost && i == host;
            if (badInHost || badAtFirst || isForbiddenInUrl(c)) {
                host = 0;
            }
            i += Character.charCount(c);
        }
        if (host == 0 || host == url.length()) {
            throw new Refused(
                    Reason.BAD_VALUE,
                    field + " is " + Quote.of(url)
                            + "; it must be an absolute address of http or https, without blanks");
        }
        return url;
    }

    private static boolean isForbiddenInUrl(int c) {
        return switch (c) {
            case '"', '<', '>', '\\', '`' -> true;
            default -> Blanks.isInvisible(c);
        };
    }

    /** Three letters, in upper case. */
    public static String currency(String field, String text) {
        boolean letters = text.length() == 3;
        for (int i = 0; i < 3 && letters; i++) {
            char c = text.charAt(i);
            letters = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        }
        if (!letters) {
            throw new Refused(
                    Reason.BAD_VALUE,
                    field + " is " + Quote.of(text) + "; it must be three letters of ISO 4217, such as EUR");
        }
        return text.toUpperCase(Locale.ROOT);
    }

    /** The name of a period, in lower case. */
    public static String period(String field, String text) {
        String period = text.toLowerCase(Locale.ROOT);
        return switch (period) {
            case "hour", "day", "week", "month", "year" -> period;
            default ->
                throw new Refused(
                        Reason.BAD_VALUE,
                        field + " is " + Quote.of(text) + "; it must be hour, day, week, month or year");
        };
    }

    /** Checks a least or a most salary. */
    public static double amount(String field, double amount, String written) {
        if (!(amount >= 0 && amount <= Limits.SALARY)) {
            throw new Refused(Reason.OUT_OF_RANGE, field + " is " + written + "; it must be 0 to 10^15");
        }
        return amount + 0.0; // -0.0 becomes 0.0
    }

    /** Puts a salary together; null if nothing of it is there. */
    public static Salary salary(double min, double max, String currency, String period) {
        if (min > max) {
            throw new Refused(Reason.OUT_OF_RANGE, "salary_min is above salary_max");
        }
        return Double.isNaN(min) && Double.isNaN(max) && currency == null && period == null
                ? null
                : new Salary(min, max, currency, period);
    }
}
