package org.offerstorm.tools.cli.value;

import org.offerstorm.core.text.PlainText;
import picocli.CommandLine.TypeConversionException;

/**
 * A TCP port to listen on.
 *
 * @param number 1 to 65535; 0: any free one
 */
public record Port(int number) {
    /** Any free one. */
    public static final Port ANY = new Port(0);

    private static final int HIGHEST = 65_535;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public Port {
        if (number < 0 || number > HIGHEST) {
            throw new IllegalArgumentException(number + " is not a port");
        }
    }

    /** As it is typed. */
    static Port parse(String text) {
        int number = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : HIGHEST + 1;
        if (number > HIGHEST) {
            throw new TypeConversionException(
                    "'" + PlainText.excerpt(text) + "' is not a port; write 1 to 65535, or 0 for any free one");
        }
        return new Port(number);
    }
}
