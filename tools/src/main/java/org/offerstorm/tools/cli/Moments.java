package org.offerstorm.tools.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.offerstorm.core.option.Units;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Points in time: {@code 2h} ago, {@code 2026-03-01} (UTC), {@code 2026-03-01T09:30:00Z}. */
final class Moments implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        try {
            return Instant.now().minus(Units.duration(text));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            // no duration
        }
        try {
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "'" + text + "' is no time; write 90s, 30min, 2h or 7d (ago), 2026-03-01 or 2026-03-01T09:30:00Z");
        }
    }
}
