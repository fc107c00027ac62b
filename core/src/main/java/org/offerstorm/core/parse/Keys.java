package org.offerstorm.core.parse;

import java.nio.charset.StandardCharsets;

/** The record's key: the offer's id as UTF-8. Stateless. */
final class Keys {
    private Keys() {}

    /**
     * The id that {@code key} is.
     *
     * @param key raw key, may be null
     * @throws Refused if it is none
     */
    static String id(byte[] key) {
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
        boolean blank = true;
        for (byte b : key) {
            if (Text.isForbiddenControl(b)) {
                throw new Refused(Reason.BAD_TEXT, "the key holds control character " + Refused.hex(b));
            }
            blank &= b == ' ' || b == '\t' || b == '\n' || b == '\r';
        }
        if (blank) {
            throw new Refused(Reason.KEY_EMPTY, "the key is blank; it must be the offer's id");
        }
        return new String(key, StandardCharsets.UTF_8);
    }
}
