package org.offerstorm.topology.report;

/** Makes foreign text fit for a terminal. */
public final class Plain {
    private Plain() {}

    /**
     * The text with a {@code ?} for each character that could steer a terminal or hide others: control and format
     * characters (among them the ones that turn the direction of writing), line separators, lone surrogates.
     */
    public static String text(String foreign) {
        StringBuilder plain = new StringBuilder(foreign.length());
        foreign.codePoints().forEach(c -> plain.appendCodePoint(isHarmless(c) ? c : '?'));
        return plain.toString();
    }

    private static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
