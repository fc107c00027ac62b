package org.offerstorm.tools.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values of {@code --wait}: {@code 90}, {@code 90s}, {@code 2 min}. */
public final class Waits implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6}) ?(s|min|)");

    @Override
    public Duration convert(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new TypeConversionException("'" + text + "' is no time; write 90s or 2min");
        }
        long number = Long.parseLong(form.group(1));
        return form.group(2).equals("min") ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
    }
}
