package org.offerstorm.topology.verify;

import org.offerstorm.core.text.PlainText;

/** Text from outside, fit for a terminal: in quotes, of bounded length, with what is not plain as an escape. */
final class Quote {
    private static final int LONGEST = 60;

    private Quote() {}

    static String of(String text) {
        if (text == null) {
            return "null";
        }
        StringBuilder quoted = new StringBuilder("\"");
        int shown = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (shown++ == LONGEST) {
                return quoted.append("\"…").toString();
            }
            append(quoted, text.codePointAt(i));
        }
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, int c) {
        if (c == '"' || c == '\\') {
            quoted.append('\\').appendCodePoint(c);
        } else if (isPlain(c)) {
            quoted.appendCodePoint(c);
        } else {
            for (char unit : Character.toChars(c)) {
                quoted.append(String.format("\\u%04x", (int) unit));
            }
        }
    }

    private static boolean isPlain(int c) {
        return PlainText.isPlain(c) && (c == ' ' || Character.getType(c) != Character.SPACE_SEPARATOR);
    }
}
