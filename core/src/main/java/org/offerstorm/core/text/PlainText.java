package org.offerstorm.core.text;

/** Foreign text on its way to a terminal or a log. */
public final class PlainText {
    private static final int LONGEST = 60;

    private PlainText() {}

    /** The text with a {@code ?} for each character that is not {@link #isPlain plain}: on one line. */
    public static String of(String foreign) {
        StringBuilder plain = new StringBuilder(foreign.length());
        foreign.codePoints().forEach(c -> plain.appendCodePoint(isPlain(c) ? c : '?'));
        return plain.toString();
    }

    /** As {@link #of}, and at most 60 characters of it: for what a person wrote, within a message. */
    public static String excerpt(String foreign) {
        return excerpt(foreign, LONGEST);
    }

    /** As {@link #of}, and at most {@code longest} characters of it; an ellipsis says that there are more. */
    public static String excerpt(String foreign, int longest) {
        return of(foreign.length() > longest ? foreign.substring(0, longest) + "…" : foreign);
    }

    /**
     * At most {@code longest} characters, with a blank for each control character and each half of a surrogate pair: for what is
     * stored, and must be the same however often it is made.
     */
    public static String blanked(String foreign, int longest) {
        int length = Math.min(foreign.length(), longest);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            char c = foreign.charAt(i);
            text.append(Character.isISOControl(c) || Character.isSurrogate(c) ? ' ' : c);
        }
        return text.toString();
    }

    /** The first line, without its end; servers put stack traces below it. */
    public static String firstLine(String foreign) {
        return foreign.lines().findFirst().orElse("");
    }

    /**
     * False for what could steer a terminal, hide or forge other text: controls, format characters (among them those that
     * turn the direction of writing), line and paragraph separators, halves of surrogate pairs, and what has no meaning
     * that everybody shares. Classes of the Unicode Standard, chapter 4.5.
     */
    public static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
