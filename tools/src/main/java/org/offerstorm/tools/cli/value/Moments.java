package org.offerstorm.tools.cli.value;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.offerstorm.core.option.Units;
import org.offerstorm.core.text.PlainText;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Points in time: {@code 2h} ago, {@code 2026-03-01} (UTC), {@code 2026-03-01T09:30:00Z}. A number alone is refused: it could be
 * a year, or seconds since 1970.
 */
public final class Moments implements ITypeConverter<Instant> {
    private final InstantSource clock;

    public Moments() {
        this(InstantSource.system());
    }

    Moments(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Instant convert(String text) {
        try {
            return clock.instant().minus(Units.duration(text));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            // not a duration
        }
        try {
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new TypeConversionException("'" + PlainText.excerpt(text)
                    + "' is not a point in time; write 90s, 30min, 2h or 7d (ago), 2026-03-01 or 2026-03-01T09:30:00Z");
        }
    }
}
