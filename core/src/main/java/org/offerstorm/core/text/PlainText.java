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

    /** As {@link #of}, and at most 60 characters of it. */
    public static String excerpt(String foreign) {
        return of(foreign.length() > LONGEST ? foreign.substring(0, LONGEST) + "…" : foreign);
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
