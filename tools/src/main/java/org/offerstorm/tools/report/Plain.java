package org.offerstorm.tools.report;

import org.offerstorm.core.text.PlainText;

/** Makes foreign text fit for a terminal. */
public final class Plain {
    private Plain() {}

    /** The text with a {@code ?} for each character that is not {@link PlainText#isPlain plain}. */
    public static String text(String foreign) {
        StringBuilder plain = new StringBuilder(foreign.length());
        foreign.codePoints().forEach(c -> plain.appendCodePoint(PlainText.isPlain(c) ? c : '?'));
        return plain.toString();
    }
}
