package org.offerstorm.core.parse;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.util.Locale;

/**
 * Reads ISO 8601 instants: {@code YYYY-MM-DDThh:mm[:ss[.f…]]} with one to nine digits of fraction, then {@code Z},
 * {@code ±hh}, {@code ±hh:mm} or {@code ±hhmm} up to ±18:00. By hand, for {@link java.time.format.DateTimeFormatter}
 * would cost as much as the rest of the document. No leap seconds, no 24:00, no week or ordinal dates. One thread.
 */
public final class Instants {
    private static final int MAX_YEAR_DIGITS = 9;
    private static final int MAX_OFFSET_MINUTES = 18 * 60;

    private final int firstYear;
    private final int lastYear;
    private final long earliest;
    private final long latest;
    /** Null if a date must name its zone. */
    private final ZoneId zone;

    private char[] text;
    private int at;
    private int end;

    /**
     * One whose dates name their zone.
     *
     * @param firstYear the earliest moment is its begin in UTC
     * @param lastYear the latest moment is its begin in UTC
     */
    public Instants(int firstYear, int lastYear) {
        this(firstYear, lastYear, null);
    }

    /**
     * One that reads a date without a zone in {@code zone}, and one without a time as the start of the day; between both,
     * a blank is as good as a {@code T}.
     */
    public Instants(int firstYear, int lastYear, ZoneId zone) {
        this.firstYear = firstYear;
        this.lastYear = lastYear;
        this.zone = zone;
        earliest = LocalDateTime.of(firstYear, 1, 1, 0, 0)
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
        latest =
                LocalDateTime.of(lastYear, 1, 1, 0, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    /** As the field {@code published_at}: 2000 to 2100. */
    static Instants ofPublication() {
        return new Instants(2000, 2100);
    }

    /** As the field {@code valid_through}: 2000 to 2200. */
    static Instants ofExpiry() {
        return new Instants(2000, 2200);
    }

    /**
     * Checks a moment that was read in another way, in milliseconds since 1970 UTC.
     *
     * @throws Refused as {@link Reason#DATE_OUT_OF_RANGE}
     */
    public long inRange(long millis) {
        if (millis < earliest || millis > latest) {
            throw outOfRange();
        }
        return millis;
    }

    /**
     * Milliseconds since 1970 UTC; a finer fraction is cut.
     *
     * @throws Refused as {@link Reason#BAD_DATE} or, outside the years, {@link Reason#DATE_OUT_OF_RANGE}
     */
    public long parse(char[] chars, int offset, int length) {
        text = chars;
        at = offset;
        end = offset + length;
        int year = year();
        expect('-');
        int month = number(2, 1, 12, "month");
        expect('-');
        int day = number(2, 1, lastDay(year, month), "day");
        boolean yearInReach = year >= firstYear - 1 && year <= lastYear;
        if (at == end) {
            // An impossible year is reported as such even if time and zone are missing too.
            if (!yearInReach) {
                throw outOfRange();
            }
            return local(LocalDate.of(year, month, day), 0, "the time and the zone are missing");
        }
        if (text[at] != 'T' && text[at] != 't' && (zone == null || text[at] != ' ')) {
            throw bad("'T' must be between date and time");
        }
        at++;
        long millisOfDay = millisOfDay();
        if (at == end && zone != null) {
            if (!yearInReach) {
                throw outOfRange();
            }
            return local(LocalDate.of(year, month, day), millisOfDay, "");
        }
        int offsetMinutes = offsetMinutes();
        if (at != end) {
            throw bad("something follows the zone");
        }
        if (!yearInReach) {
            throw outOfRange();
        }
        return inRange(
                LocalDate.of(year, month, day).toEpochDay() * 86_400_000L + millisOfDay - offsetMinutes * 60_000L);
    }

    private long local(LocalDate day, long millisOfDay, String problem) {
        if (zone == null) {
            throw bad(problem);
        }
        return inRange(LocalDateTime.of(day, LocalTime.ofNanoOfDay(millisOfDay * 1_000_000))
                .atZone(zone)
                .toInstant()
                .toEpochMilli());
    }

    /** Four digits, or a sign and four to nine digits: the expanded years of ISO 8601. */
    private int year() {
        if (at < end && (text[at] == '+' || text[at] == '-')) {
            boolean negative = text[at++] == '-';
            int digits = 0;
            while (at + digits < end && isDigit(text[at + digits])) {
                digits++;
            }
            if (digits < 4 || digits > MAX_YEAR_DIGITS) {
                throw bad("a signed year has 4 to " + MAX_YEAR_DIGITS + " digits");
            }
            int year = number(digits, 0, Integer.MAX_VALUE, "year");
            return negative ? -year : year;
        }
        return number(4, 0, 9999, "year");
    }

    private static int lastDay(int year, int month) {
        return switch (month) {
            case 2 -> IsoChronology.INSTANCE.isLeapYear(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    private long millisOfDay() {
        int hour = number(2, 0, 23, "hour");
        expect(':');
        int minute = number(2, 0, 59, "minute");
        int second = 0;
        int milli = 0;
        if (at < end && text[at] == ':') {
            at++;
            second = number(2, 0, 59, "second");
            if (at < end && text[at] == '.') {
                at++;
                milli = fraction();
            }
        }
        return ((hour * 60L + minute) * 60 + second) * 1000 + milli;
    }

    private int fraction() {
        int milli = 0;
        int digits = 0;
        while (at < end && isDigit(text[at])) {
            if (digits < 3) {
                milli = milli * 10 + (text[at] - '0');
            }
            digits++;
            at++;
        }
        if (digits < 1 || digits > 9) {
            throw bad("a fraction of a second has 1 to 9 digits");
        }
        return digits == 1 ? milli * 100 : digits == 2 ? milli * 10 : milli;
    }

    private int offsetMinutes() {
        if (at == end) {
            throw bad("the zone is missing");
        }
        char sign = text[at++];
        if (sign == 'Z' || sign == 'z') {
            return 0;
        }
        if (sign != '+' && sign != '-') {
            throw bad("'Z' or an offset such as +02:00 must follow the time");
        }
        int minutes = 60 * number(2, 0, 18, "hour of the zone");
        if (at < end) {
            if (text[at] == ':') {
                at++;
            }
            minutes += number(2, 0, 59, "minute of the zone");
        }
        if (minutes > MAX_OFFSET_MINUTES) {
            throw bad("the zone is beyond 18:00");
        }
        return sign == '-' ? -minutes : minutes;
    }

    private void expect(char c) {
        if (at == end || text[at] != c) {
            throw bad("'" + c + "' missing");
        }
        at++;
    }

    private int number(int digits, int lowest, int highest, String what) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            if (at == end || !isDigit(text[at])) {
                throw bad("the " + what + " must have " + digits + " digits");
            }
            value = value * 10 + (text[at++] - '0');
        }
        if (value < lowest || value > highest) {
            throw bad("the " + what + " is " + value + "; it must be " + lowest + " to " + highest);
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static Refused bad(String what) {
        return new Refused(Reason.BAD_DATE, what + "; a date reads 2026-01-31T09:30:00Z or …+01:00");
    }

    private Refused outOfRange() {
        return new Refused(
                Reason.DATE_OUT_OF_RANGE,
                String.format(Locale.ROOT, "the date is outside %04d-01-01 to %04d-01-01 UTC", firstYear, lastYear));
    }
}
