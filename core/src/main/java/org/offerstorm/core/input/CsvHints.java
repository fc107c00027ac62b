package org.offerstorm.core.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offerstorm.core.text.NormalForm;

/** Why a text is not the CSV that is read here (RFC 4180, separated by commas), as far as its first lines show it. */
public final class CsvHints {
    private static final char[] OTHER_SEPARATORS = {';', '\t', '|', '\u0001'};
    private static final Pattern SEPARATOR_LINE = Pattern.compile("\"?sep=(.)\"?[,\\s]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern TYPOGRAPHIC = Pattern.compile("[\u201C\u201D\u201E\u201F\u00AB\u00BB\u2033]");

    private CsvHints() {}

    /** Whether the row is Excel's {@code sep=,}: it says what is assumed anyway. */
    public static boolean isSeparatorLine(List<String> row) {
        String line = NormalForm.of(String.join(",", row));
        Matcher matcher = SEPARATOR_LINE.matcher(line);
        return matcher.matches() && matcher.group(1).equals(",");
    }

    /**
     * What a header seems to be instead, and what to do; empty if nothing is known.
     *
     * @param text begins with the header, after a byte order mark
     * @param wanted names that it should have
     */
    public static String ofHeader(String text, List<String> wanted) {
        List<String> lines =
                text.lines().filter(line -> !line.isBlank()).limit(2).toList();
        if (lines.isEmpty()) {
            return "";
        }
        Matcher declared = SEPARATOR_LINE.matcher(lines.get(0));
        if (declared.matches() && !declared.group(1).equals(",")) {
            return separatedBy(declared.group(1).charAt(0));
        }
        String header = declared.matches() && lines.size() > 1 ? lines.get(1) : lines.get(0);
        if (header.stripLeading().startsWith("{") || header.stripLeading().startsWith("[")) {
            return "it looks like JSON, not like CSV";
        }
        for (char separator : OTHER_SEPARATORS) {
            if (header.indexOf(separator) < 0) {
                continue;
            }
            if (header.indexOf(',') < 0 || names(header, separator).stream().anyMatch(wanted::contains)) {
                return separatedBy(separator);
            }
        }
        String straight = TYPOGRAPHIC.matcher(header).replaceAll("");
        if (!straight.equals(header) && names(straight, ',').stream().anyMatch(wanted::contains)) {
            return "its quotes are typographic (“ ”), write straight quotes (\")";
        }
        String small = header.toLowerCase(Locale.ROOT);
        if (!small.equals(header) && names(small, ',').stream().anyMatch(wanted::contains)) {
            return "write the names in small letters";
        }
        return "";
    }

    /** Whether a row has quotes that are none in CSV. */
    public static boolean hasTypographicQuotes(Iterable<String> cells) {
        for (String cell : cells) {
            if (TYPOGRAPHIC.matcher(cell).find()) {
                return true;
            }
        }
        return false;
    }

    /** What the CSV library means: its messages have its own terms; of what it refuses, all is about quotes. */
    public static String explain(String libraryMessage) {
        String message = String.valueOf(libraryMessage);
        if (message.contains("EOF reached before encapsulated token finished")) {
            return "a quote (\") opens a cell in this row and is never closed; close it, or double it if it belongs to the"
                    + " text (\"\" within a quoted cell)";
        }
        if (message.contains("between encapsulated token and delimiter")) {
            return "text follows a closing quote (\"); write a quote that belongs to the text twice (\"\")";
        }
        return "no CSV: " + message;
    }

    private static List<String> names(String header, char separator) {
        List<String> names = new ArrayList<>();
        for (String cell : header.split(Pattern.quote(String.valueOf(separator)), -1)) {
            names.add(NormalForm.of(cell.replace("\"", "")));
        }
        return names;
    }

    private static String separatedBy(char separator) {
        String shown = separator == '\t' ? "\\t" : separator == '\u0001' ? "\\u0001" : String.valueOf(separator);
        return "the columns are separated by '" + shown
                + "', and must be separated by commas: save the file again with the comma as separator";
    }
}
