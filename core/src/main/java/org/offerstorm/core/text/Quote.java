package org.offerstorm.core.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text from outside, fit for a terminal: in quotes, of bounded length, with what is not plain as an escape. */
public final class Quote {
    private static final int LONGEST = 60;
    /** What Java decodes malformed bytes to; if the text itself contains it, its bytes are shown. */
    private static final int REPLACEMENT = 0xFFFD;

    private Quote() {}

    public static String of(String text) {
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

    /** As {@link #of(String)}: UTF-8, and where it is not, each byte as {@code \\xff}. */
    public static String of(byte[] bytes) {
        return bytes == null ? "null" : cut(bytes, LONGEST);
    }

    /**
     * The whole text without quotes, line by line: regardless of the bytes, a line of the answer has no character that is
     * not plain.
     */
    public static List<String> lines(byte[] bytes) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        each(bytes, (c, start, end) -> {
            if (c == '\n') {
                lines.add(line.toString());
                line.setLength(0);
            } else if (c == '\t') {
                line.append("    ");
            } else if (c < 0) {
                hex(line, bytes, start, end);
            } else if (isPlain(c)) {
                line.appendCodePoint(c);
            } else {
                append(line, c);
            }
            return true;
        });
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    /**
     * The whole text on one line without quotes, in a form that can be read back: a backslash is doubled, and what is not plain is
     * an escape, as in {@link #of(byte[])}; a quote stays as it is.
     */
    public static String line(byte[] bytes) {
        StringBuilder line = new StringBuilder();
        each(bytes, (c, start, end) -> {
            if (c < 0) {
                hex(line, bytes, start, end);
            } else if (c == '"') {
                line.append('"');
            } else {
                append(line, c);
            }
            return true;
        });
        return line.toString();
    }

    private static String cut(byte[] bytes, int longest) {
        StringBuilder quoted = new StringBuilder("\"");
        int[] shown = new int[1];
        each(bytes, (c, start, end) -> {
            if (shown[0]++ == longest) {
                return false;
            }
            if (c < 0) {
                hex(quoted, bytes, start, end);
            } else {
                append(quoted, c);
            }
            return true;
        });
        return quoted.append(shown[0] > longest ? "\"…" : "\"").toString();
    }

    /** A code point and its bytes; below 0 if they are no UTF-8. */
    private interface Units {
        boolean more(int codePoint, int start, int end);
    }

    private static void each(byte[] bytes, Units units) {
        int start = 0;
        while (start < bytes.length) {
            int length = bytes[start] >= 0 ? 1 : bytes[start] >= -32 ? bytes[start] >= -16 ? 4 : 3 : 2;
            int end = Math.min(bytes.length, start + length);
            String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
            boolean whole = text.codePointCount(0, text.length()) == 1 && text.codePointAt(0) != REPLACEMENT;
            if (!whole) {
                end = start + 1;
            }
            if (!units.more(whole ? text.codePointAt(0) : -1, start, end)) {
                return;
            }
            start = end;
        }
    }

    private static void hex(StringBuilder to, byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            to.append(String.format(Locale.ROOT, "\\x%02x", bytes[i]));
        }
    }

    private static void append(StringBuilder quoted, int c) {
        if (c == '"' || c == '\\') {
            quoted.append('\\').appendCodePoint(c);
        } else if (isPlain(c)) {
            quoted.appendCodePoint(c);
        } else {
            for (char unit : Character.toChars(c)) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
            }
        }
    }

    private static boolean isPlain(int c) {
        return PlainText.isPlain(c) && (c == ' ' || Character.getType(c) != Character.SPACE_SEPARATOR);
    }
}
