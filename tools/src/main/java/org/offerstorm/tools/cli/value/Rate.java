package org.offerstorm.tools.cli.value;

import org.offerstorm.core.text.PlainText;
import picocli.CommandLine.TypeConversionException;

/**
 * Records a second, {@code 500}, {@code 0.5} or {@code 500/s}.
 *
 * @param perSecond 0 or more, below a billion; whether 0 makes sense is for the command to say
 */
public record Rate(double perSecond) {
    private static final double TOO_HIGH = 1e9;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public Rate {
        if (!(perSecond >= 0 && perSecond < TOO_HIGH)) {
            throw new IllegalArgumentException(perSecond + " is not a rate");
        }
    }

    /** As it is typed. */
    static Rate parse(String text) {
        String number = text.endsWith("/s") ? text.substring(0, text.length() - 2) : text;
        try {
            return new Rate(NumberValues.decimal(number.strip()));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "'" + PlainText.excerpt(text) + "' is not a rate; write records a second, such as 500 or 500/s");
        }
    }

    /** For a command that counts in whole records a second. */
    public int rounded() {
        return Math.toIntExact(Math.round(perSecond));
    }

    @Override
    public String toString() {
        return perSecond == Math.rint(perSecond) ? Long.toString((long) perSecond) : Double.toString(perSecond);
    }
}
