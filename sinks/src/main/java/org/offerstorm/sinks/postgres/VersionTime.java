package org.offerstorm.sinks.postgres;

import java.time.OffsetDateTime;

/**
 * Times of records as PostgreSQL has them: microseconds since 2000, and two infinities.
 *
 * <p>A record's time may be any number of milliseconds. One that is later than every {@code timestamptz} becomes
 * {@code infinity}, one that is earlier {@code -infinity}: whether it is at or before a moment that can be written stays the same.
 */
final class VersionTime {
    static final long INFINITY = Long.MAX_VALUE;
    static final long MINUS_INFINITY = Long.MIN_VALUE;

    /** Kafka's time of a record that has none. */
    static final long NONE_MILLIS = -1;

    /** A number that PostgreSQL refuses as a time. */
    private static final long IMPOSSIBLE = Long.MAX_VALUE - 1;

    private static final long MILLIS_TO_2000 = 946_684_800_000L;
    /** November 24, 4714 BC, and the first day of the year 294277: {@code datatype/timestamp.h}. */
    private static final long FIRST_MILLIS = -210_866_803_200_000L;

    private static final long END_MILLIS = 9_224_318_016_000_000L;

    private VersionTime() {}

    /** Of a column; null is the time of a record that had none. */
    static long of(OffsetDateTime time) {
        if (time == null || time.equals(OffsetDateTime.MIN)) { // the driver's -infinity
            return MINUS_INFINITY;
        }
        return time.equals(OffsetDateTime.MAX)
                ? INFINITY
                : (time.toEpochSecond() - MILLIS_TO_2000 / 1_000) * 1_000_000 + time.getNano() / 1_000;
    }

    /** Milliseconds since 1970 of one of these; the infinities stay. */
    static long millis(long time) {
        return time == INFINITY || time == MINUS_INFINITY ? time : Math.floorDiv(time, 1_000) + MILLIS_TO_2000;
    }

    /** From when on the version of a record with this time is valid. */
    static long validFrom(long millis) {
        if (millis == NONE_MILLIS || millis < FIRST_MILLIS) {
            return MINUS_INFINITY;
        }
        return millis >= END_MILLIS ? INFINITY : (millis - MILLIS_TO_2000) * 1_000;
    }

    /** A date within an offer; the server refuses one that it cannot keep. */
    static long date(long millis) {
        return millis < FIRST_MILLIS || millis >= END_MILLIS ? IMPOSSIBLE : (millis - MILLIS_TO_2000) * 1_000;
    }
}
