package org.offerstorm.core.mapping;

import java.io.Serializable;
import java.time.ZoneId;

/** How a value is read where its own type does not say so. */
public sealed interface ReadAs extends Serializable {
    /** As its field needs it: a text, a number (also in a text, with a decimal point), a date by ISO 8601. */
    record Usual() implements ReadAs {}

    /** A number in a text, with this character before the decimals; blanks, apostrophes and the other of {@code .} and {@code ,} separate thousands. */
    record Decimal(char separator) implements ReadAs {}

    /** Seconds since 1970 UTC, whole or with decimals, as number or text. */
    record EpochSeconds() implements ReadAs {}

    /** Milliseconds since 1970 UTC, as number or text. */
    record EpochMillis() implements ReadAs {}

    /**
     * A date by a pattern of {@link java.time.format.DateTimeFormatter}; without time it is the day's begin.
     *
     * @param zone of a date that names none; null: the mapping's
     */
    record Date(String pattern, ZoneId zone) implements ReadAs {}

    /** Both coordinates in a text or an array, latitude first. */
    record LatLon() implements ReadAs {}

    /** Both coordinates in a text or an array, longitude first. */
    record LonLat() implements ReadAs {}

    /** A GeoJSON point (RFC 7946): an object with {@code coordinates}, longitude first. */
    record GeoJson() implements ReadAs {}
}
