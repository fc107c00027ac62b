package org.offerstorm.core.text;

import java.text.Normalizer;

/**
 * One form for texts that look alike, for what is compared or counted: names of columns and categories. Composed accents
 * (Unicode's NFC), one plain blank for white space of any kind and length, none at the ends, no invisible characters. What
 * is shown stays as it came, and ids are never changed: two that differ in a byte are two offers.
 */
public final class NormalForm {
    private NormalForm() {}

    /** The text in that form; the same object if it has it, without allocation if it is of Latin letters. */
    public static String of(String text) {
        return isNormalLatin(text) ? text : normalize(text);
    }

    /** Whether the texts look alike. */
    public static boolean areAlike(String one, String other) {
        return one.equals(other) || of(one).equals(of(other));
    }

    private static boolean isNormalLatin(String text) {
        boolean blankBefore = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean blank = c == ' ';
            // From U+0300 on, characters may combine with the one before.
            if (c >= 0x2B0 || (blank && blankBefore) || (!blank && Blanks.isInvisible(c))) {
                return false;
            }
            blankBefore = blank;
        }
        return !blankBefore || text.isEmpty();
    }

    private static String normalize(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        boolean blank = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c >= 0xA0 ? Blanks.isSpace(c) : Blanks.isInvisible(c)) {
                blank = true;
            } else if (!Blanks.isIgnorable(c)) {
                if (blank && !visible.isEmpty()) {
                    visible.append(' ');
                }
                blank = false;
                visible.appendCodePoint(c);
            }
        }
        String normal = Normalizer.normalize(visible, Normalizer.Form.NFC);
        return normal.equals(text) ? text : normal;
    }
}
