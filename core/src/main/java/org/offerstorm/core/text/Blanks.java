package org.offerstorm.core.text;

/**
 * Characters of which a reader sees nothing: white space of every kind, also that which does not break a line, and
 * characters that are invisible by themselves, such as a zero width space, a byte order mark, a soft hyphen or a Hangul
 * filler. Java's own {@code isBlank} and {@code strip} know only some of them. Allocates nothing for the usual text.
 */
public final class Blanks {
    private static final int FIRST_BEYOND_LATIN = 0x2B0;

    private Blanks() {}

    /** Whether nothing of the text can be seen. */
    public static boolean isBlank(String text) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (!isInvisible(c)) {
                return false;
            }
            i += Character.charCount(c);
        }
        return true;
    }

    /**
     * The text without what cannot be seen at its ends; the same object if nothing is there. Control characters stay,
     * unless they are white space: they are a mistake that others report.
     */
    public static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isStripped(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (end > start && isStripped(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    private static boolean isStripped(int c) {
        return isInvisible(c) && (!Character.isISOControl(c) || Character.isWhitespace(c));
    }

    /** Whether the character shows nothing by itself; a control character shows nothing either. */
    public static boolean isInvisible(int c) {
        if (c < FIRST_BEYOND_LATIN) {
            return c <= ' ' || (c >= 0x7F && c <= 0xA0) || c == 0xAD;
        }
        return isSpace(c) || isIgnorable(c);
    }

    /** Blanks of every width, and separators of lines and paragraphs. */
    static boolean isSpace(int c) {
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> c == 0x2800; // the Braille pattern without dots
        };
    }

    /**
     * The property Default_Ignorable_Code_Point of the Unicode Character Database, written out, because Java does not have
     * it; and the marks of interlinear annotation. Not all format characters: some, such as the Arabic number sign, show.
     */
    static boolean isIgnorable(int c) {
        return switch (c >> 8) {
            case 0x00 -> c == 0xAD;
            case 0x03 -> c == 0x34F;
            case 0x06 -> c == 0x61C;
            case 0x11 -> c == 0x115F || c == 0x1160;
            case 0x17 -> c == 0x17B4 || c == 0x17B5;
            case 0x18 -> c >= 0x180B && c <= 0x180F;
            case 0x20 -> (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F);
            case 0x31 -> c == 0x3164;
            case 0xFE -> c <= 0xFE0F || c == 0xFEFF;
            case 0xFF -> c == 0xFFA0 || (c >= 0xFFF0 && c <= 0xFFFB);
            case 0x1BC -> c >= 0x1BCA0 && c <= 0x1BCA3;
            case 0x1D1 -> c >= 0x1D173 && c <= 0x1D17A;
            default -> c >= 0xE0000 && c <= 0xE0FFF;
        };
    }
}
