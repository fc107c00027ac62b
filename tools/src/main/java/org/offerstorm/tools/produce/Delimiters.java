package org.offerstorm.tools.produce;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offerstorm.core.text.Blanks;

/** What is between the cells of a CSV, where its mapping does not say so. */
final class Delimiters {
    private static final char COMMA = ',';
    private static final char[] OTHERS = {';', '\t', '|', '\u0001'};
    /** Excel's first line {@code sep=;}. */
    private static final Pattern DECLARATION = Pattern.compile("\"?sep=(.)\"?", Pattern.CASE_INSENSITIVE);

    private Delimiters() {}

    /**
     * A comma, unless the text begins with Excel's {@code sep=;}, or its header has no comma but another delimiter.
     *
     * @param start of the text, without a byte order mark
     */
    static char of(String start) {
        int line = 0;
        while (line < start.length() && Character.isWhitespace(start.charAt(line))) {
            if (start.charAt(line) == '\t') {
                break; // an empty cell
            }
            line++;
        }
        String header = firstRow(start.substring(line));
        Matcher declared = DECLARATION.matcher(header);
        if (declared.lookingAt()) {
            return declared.group(1).charAt(0);
        }
        String plain = header.replaceAll("\"[^\"]*\"", "");
        if (plain.indexOf(COMMA) >= 0) {
            return COMMA;
        }
        for (char other : OTHERS) {
            if (plain.indexOf(other) >= 0) {
                return other;
            }
        }
        return COMMA;
    }

    private static String firstRow(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (!quoted && (c == '\n' || c == '\r')) {
                return text.substring(0, i);
            }
        }
        return text;
    }

    /** Whether the row is Excel's declaration of the delimiter. */
    static boolean isDeclaration(List<String> row) {
        String first = row.get(0);
        boolean alone = row.stream().skip(1).allMatch(Blanks::isBlank);
        return alone && (DECLARATION.matcher(first).matches() || (row.size() > 1 && first.equalsIgnoreCase("sep=")));
    }

    /** As a message shows it. */
    static String shown(char delimiter) {
        return delimiter == '\t'
                ? "\\t"
                : delimiter < ' ' ? String.format(Locale.ROOT, "\\u%04x", (int) delimiter) : String.valueOf(delimiter);
    }
}
