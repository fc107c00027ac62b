package org.offerstorm.core.text;

/** Which characters of foreign text may reach a terminal or a log as they are. */
public final class PlainText {
    private PlainText() {}

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
