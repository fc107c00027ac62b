package org.offerstorm.tools.cli.value;

import java.util.function.Function;
import org.offerstorm.core.text.PlainText;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers: digits, with a minus sign in front, and a decimal point where parts make sense. */
final class NumberValues {
    private NumberValues() {}

    static int whole(String text) {
        return whole(text, Integer::parseInt);
    }

    static long wholeLong(String text) {
        return whole(text, Long::parseLong);
    }

    /** @throws IllegalArgumentException if it is not a finite number */
    static double decimal(String text) {
        if (!text.matches("-?([0-9]{1,30}(\\.[0-9]{0,30})?|\\.[0-9]{1,30})")) {
            throw new IllegalArgumentException(text);
        }
        return Double.parseDouble(text);
    }

    /** For options. */
    static ITypeConverter<Double> decimals() {
        return text -> {
            try {
                return decimal(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'" + PlainText.excerpt(text) + "' is not a number; write digits, such as 20 or 2.5");
            }
        };
    }

    private static <T> T whole(String text, Function<String, T> parse) {
        if (!text.matches("-?[0-9]+")) {
            throw new TypeConversionException(
                    "'" + PlainText.excerpt(text) + "' is not a whole number; write digits alone");
        }
        try {
            return parse.apply(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + PlainText.excerpt(text) + "' is too large");
        }
    }
}
