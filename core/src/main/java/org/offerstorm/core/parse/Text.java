package org.offerstorm.core.parse;

/** Checks of decoded text. Stateless. */
public final class Text {
    static final int CONTROL_CHARACTER = -1;
    static final int LONE_SURROGATE = -2;

    private Text() {}

    /**
     * Length of the text as UTF-8, in bytes; or {@link #CONTROL_CHARACTER}, {@link #LONE_SURROGATE} if it holds what no
     * field may hold: C0 controls (ESC would reach terminals) but for tab and line ends, or half a surrogate pair.
     */
    static int utf8Length(char[] text, int offset, int length) {
        int bytes = length;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            char c = text[i];
            if (c < 0x80) {
                if (c < ' ' && isForbiddenControl(c)) {
                    return CONTROL_CHARACTER;
                }
            } else if (c < 0x800) {
                bytes += 1;
            } else if (!Character.isSurrogate(c)) {
                bytes += 2;
            } else if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text[i + 1])) {
                bytes += 2; // two chars, four bytes
                i++;
            } else {
                return LONE_SURROGATE;
            }
        }
        return bytes;
    }

    /**
     * Checks the text of a field.
     *
     * @throws Refused if it holds what no field may hold, or has more bytes than {@code maxBytes}
     */
    public static void check(String field, String text, int maxBytes) {
        boolean wide = false; // beyond ASCII
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && isForbiddenControl(c)) {
                throw controlCharacter(field);
            }
            if (c >= 0x80) {
                wide = true;
                if (Character.isSurrogate(c)) {
                    if (!Character.isHighSurrogate(c)
                            || i + 1 == text.length()
                            || !Character.isLowSurrogate(text.charAt(i + 1))) {
                        throw halfSurrogate(field);
                    }
                    i++;
                }
            }
        }
        int bytes = wide && text.length() > maxBytes / 3 ? utf8Length(text) : text.length();
        if (bytes > maxBytes) {
            throw tooLong(field, bytes, maxBytes);
        }
    }

    static Refused controlCharacter(String field) {
        return new Refused(Reason.BAD_TEXT, field + " holds a control character");
    }

    static Refused halfSurrogate(String field) {
        return new Refused(Reason.BAD_TEXT, field + " holds half a surrogate pair");
    }

    static Refused tooLong(String field, int bytes, int maxBytes) {
        return new Refused(Reason.TEXT_TOO_LONG, field + " has " + bytes + " bytes; at most " + maxBytes);
    }

    static boolean isForbiddenControl(int c) {
        return c >= 0 && c < ' ' && c != '\t' && c != '\n' && c != '\r';
    }

    /** Length of a field's name as UTF-8, in bytes. A lone surrogate counts three. */
    static int utf8Length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x800) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                bytes += 2;
                i += pair ? 1 : 0;
            } else if (c >= 0x80) {
                bytes += 1;
            }
        }
        return bytes;
    }
}
