package org.offerstorm.core.parse;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;

/**
 * Reads ISO 8601 instants: {@code YYYY-MM-DDThh:mm[:ss[.f…]]} with one to nine digits of fraction, then {@code Z},
 * {@code ±hh}, {@code ±hh:mm} or {@code ±hhmm} up to ±18:00. By hand, for {@link java.time.format.DateTimeFormatter}
 * would cost as much as the rest of the document. No leap seconds, no 24:00, no week or ordinal dates. One thread.
 */
final class Instants {
    /** 2000-01-01T00:00:00Z. */
    static final long EARLIEST =
            LocalDateTime.of(2000, 1, 1, 0, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
    /** 2100-01-01T00:00:00Z. */
    static final long LATEST =
            LocalDateTime.of(2100, 1, 1, 0, 0).toInstant(ZoneOffset.UTC).toEpochMilli();

    private static final int MAX_YEAR_DIGITS = 9;
    private static final int MAX_OFFSET_MINUTES = 18 * 60;

    private char[] text;
    private int at;
    private int end;

    /**
     * Milliseconds since 1970 UTC; a finer fraction is cut.
     *
     * @throws Refused as {@link Reason#BAD_DATE} or, outside 2000 to 2100, {@link Reason#DATE_OUT_OF_RANGE}
     */
    long parse(char[] chars, int offset, int length) {
        text = chars;
        at = offset;
        end = offset + length;
        int year = year();
        expect('-');
        int month = number(2, 1, 12, "month");
        expect('-');
        int day = number(2, 1, lastDay(year, month), "day");
        boolean yearInReach = year >= 1999 && year <= 2100;
        if (at == end) {
            // An impossible year is reported as such even if time and zone are missing too.
            throw yearInReach ? bad("the time and the zone are missing") : outOfRange();
        }
        if (text[at] != 'T' && text[at] != 't') {
            throw bad("'T' must be between date and time");
        }
        at++;
        long millisOfDay = millisOfDay();
        int offsetMinutes = offsetMinutes();
        if (at != end) {
            throw bad("something follows the zone");
        }
        if (!yearInReach) {
            throw outOfRange();
        }
        long millis = LocalDate.of(year, month, day).toEpochDay() * 86_400_000L + millisOfDay - offsetMinutes * 60_000L;
        if (millis < EARLIEST || millis > LATEST) {
            throw outOfRange();
        }
        return millis;
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

    private static Refused outOfRange() {
        return new Refused(Reason.DATE_OUT_OF_RANGE, "the date is outside 2000-01-01 to 2100-01-01 UTC");
    }
}
