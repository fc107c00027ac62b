package org.offerstorm.tools.cli.value;

import java.time.Duration;
import org.offerstorm.core.option.Units;
import org.offerstorm.core.text.PlainText;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Durations: as in the configuration ({@code 500ms}, {@code 90s}, {@code 5 min}, {@code 2h}, {@code 1 d}), and a number alone is
 * seconds. At most 36,500 days, so that deadlines in nanoseconds can be computed.
 */
public final class Durations implements ITypeConverter<Duration> {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    @Override
    public Duration convert(String text) {
        String stripped = text.strip();
        Duration duration;
        try {
            duration = Units.duration(stripped.matches("[0-9]{1,15}") ? stripped + "s" : stripped);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "'" + PlainText.excerpt(text) + "' is not a duration; write 90s, 5min or 2h");
        }
        if (duration.compareTo(LONGEST) > 0) {
            throw new TypeConversionException(
                    "'" + PlainText.excerpt(text) + "' is too long; write at most " + LONGEST.toDays() + "d");
        }
        return duration;
    }
}
