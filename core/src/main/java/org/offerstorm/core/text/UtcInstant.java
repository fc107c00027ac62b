package org.offerstorm.core.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** A point in time in an address: of one form, and within the years that every store can hold. */
public final class UtcInstant {
    private static final Pattern FORM =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,3})?)?Z)?");

    private UtcInstant() {}

    /**
     * Reads {@code 2026-11-01}, {@code 2026-11-01T09:30Z} or {@code 2026-11-01T09:30:00.000Z}; years 0001 to 9999.
     *
     * @throws IllegalArgumentException with a reason for whoever wrote it
     */
    public static Instant parse(String text) {
        if (FORM.matcher(text).matches() && !text.startsWith("0000")) {
            try {
                return text.length() == 10
                        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                // no such day, or no such time of day
            }
        }
        throw new IllegalArgumentException("'" + PlainText.excerpt(text)
                + "' is not a point in time; write 2026-11-01 or 2026-11-01T09:30:00Z, in UTC");
    }
}
