package org.offerstorm.tools.verify;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates by the rules of docs/input.md: a pattern for the form, java.time for the rest. */
final class InstantRules {
    private static final Pattern DATE = Pattern.compile("(\\d{4}|[+-]\\d{4,9})-(\\d\\d)-(\\d\\d)(.*)", Pattern.DOTALL);
    private static final Pattern TIME_AND_ZONE = Pattern.compile(
            "T(\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?)(?:Z|([+-]\\d\\d)(?::?(\\d\\d))?)", Pattern.CASE_INSENSITIVE);
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    private InstantRules() {}

    /**
     * A date from 2000 on.
     *
     * @param lastYear the last moment is its begin
     * @throws Refusal with the reason
     */
    static long millis(String text, int lastYear) throws Refusal {
        try {
            Matcher date = DATE.matcher(text);
            if (!date.matches()) {
                throw new Refusal("bad_date");
            }
            int year = Integer.parseInt(date.group(1));
            boolean soundYear = year >= 1999 && year <= lastYear;
            // Only to learn whether the day exists: a leap year is one in every range of years.
            LocalDate day = LocalDate.of(year, Integer.parseInt(date.group(2)), Integer.parseInt(date.group(3)));
            if (date.group(4).isEmpty() && !soundYear) {
                throw new Refusal("date_out_of_range");
            }
            Matcher rest = TIME_AND_ZONE.matcher(date.group(4));
            if (!rest.matches()) {
                throw new Refusal("bad_date");
            }
            LocalTime time = LocalTime.parse(rest.group(1));
            ZoneOffset zone = zone(rest.group(2), rest.group(3));
            if (!soundYear) {
                throw new Refusal("date_out_of_range");
            }
            Instant instant = LocalDateTime.of(day, time).toInstant(zone);
            Instant last =
                    LocalDate.of(lastYear, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
            if (instant.toEpochMilli() < FIRST.toEpochMilli() || instant.toEpochMilli() > last.toEpochMilli()) {
                throw new Refusal("date_out_of_range");
            }
            return instant.toEpochMilli();
        } catch (DateTimeException e) {
            throw new Refusal("bad_date");
        }
    }

    private static ZoneOffset zone(String hours, String minutes) {
        if (hours == null) {
            return ZoneOffset.UTC;
        }
        int sign = hours.charAt(0) == '-' ? -1 : 1;
        return ZoneOffset.ofHoursMinutes(
                Integer.parseInt(hours), minutes == null ? 0 : sign * Integer.parseInt(minutes));
    }
}
