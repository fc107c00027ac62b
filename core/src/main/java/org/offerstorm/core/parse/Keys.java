package org.offerstorm.core.parse;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.offerstorm.core.text.Blanks;

/** An offer's id: UTF-8 on one line, as a record's key or as a field. Its bytes are never changed. Stateless. */
public final class Keys {
    private Keys() {}

    /**
     * The id that {@code key} is.
     *
     * @param key raw key, may be null
     * @throws Refused if it is none
     */
    public static String id(byte[] key) {
        if (key == null) {
            throw new Refused(Reason.KEY_MISSING, "the record has no key; the key must be the offer's id");
        }
        if (key.length == 0) {
            throw new Refused(Reason.KEY_EMPTY, "the key has no bytes; it must be the offer's id");
        }
        if (key.length > Limits.KEY_BYTES) {
            throw new Refused(Reason.KEY_TOO_LONG, "the key has " + key.length + " bytes; at most " + Limits.KEY_BYTES);
        }
        int malformed = Utf8.firstMalformed(key, 0, key.length);
        if (malformed >= 0) {
            throw new Refused(Reason.KEY_BAD_UTF8, "the key is not UTF-8 at its byte " + malformed);
        }
        String id = new String(key, StandardCharsets.UTF_8);
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (breaksLines(c)) {
                throw new Refused(
                        Reason.BAD_TEXT, "the key holds the control character " + codePoint(c) + likelyCause(key));
            }
        }
        if (Blanks.isBlank(id)) {
            throw new Refused(Reason.KEY_EMPTY, "the key is blank; it must be the offer's id");
        }
        return id;
    }

    /**
     * Checks an id that is a field of the value, by the rules of a key.
     *
     * @param id well-formed, not blank
     * @throws Refused if it could not be a key
     */
    public static void checkField(String field, String id) {
        int bytes = Text.utf8Length(id);
        if (bytes > Limits.KEY_BYTES) {
            throw new Refused(Reason.TEXT_TOO_LONG, field + " has " + bytes + " bytes; at most " + Limits.KEY_BYTES);
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (breaksLines(c)) {
                throw new Refused(
                        Reason.BAD_TEXT,
                        field + " holds the control character " + codePoint(c) + "; an id is text on one line");
            }
        }
    }

    /** Control characters, and the separators of lines and paragraphs: in a list, a log or a URL they would forge or break it. */
    private static boolean breaksLines(char c) {
        return c < ' ' || (c >= 0x7F && c <= 0x9F) || c == '\u2028' || c == '\u2029';
    }

    private static String codePoint(char c) {
        return String.format(Locale.ROOT, "U+%04X", (int) c);
    }

    private static String likelyCause(byte[] key) {
        String cause = Causes.ofKey(key);
        return cause.isEmpty() ? "; an id is text on one line" : cause;
    }
}
