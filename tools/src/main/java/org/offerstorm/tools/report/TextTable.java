package org.offerstorm.tools.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.offerstorm.core.model.Continent;

/**
 * The table for a terminal. When it is wider than the terminal its columns go on in further blocks below, each with the
 * continents at its left; the totals stand at the end of the last.
 */
public final class TextTable {
    /** A width for files and pipes. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final String TOTAL = "Total";
    private static final String GAP = "  ";
    private static final int LONGEST_HEADING = 24;

    private TextTable() {}

    /** Lines that end with a line feed each. No control character is among the rest, whatever categories hold. */
    public static String render(CountTable table, int width) {
        List<String> labels = new ArrayList<>(List.of(""));
        table.continents().forEach(continent -> labels.add(continent.name()));
        labels.add(TOTAL);
        int labelWidth = widest(labels);

        StringBuilder text = new StringBuilder();
        List<List<String>> block = new ArrayList<>();
        int used = labelWidth;
        for (List<String> column : columns(table)) {
            int columnWidth = GAP.length() + widest(column);
            if (!block.isEmpty() && used + columnWidth > width) {
                print(labels, labelWidth, block, text);
                text.append('\n');
                block.clear();
                used = labelWidth;
            }
            block.add(column);
            used += columnWidth;
        }
        print(labels, labelWidth, block, text);
        return text.toString();
    }

    private static List<List<String>> columns(CountTable table) {
        List<List<String>> columns = new ArrayList<>();
        for (String category : table.categories()) {
            List<String> column = new ArrayList<>(List.of(heading(category)));
            for (Continent continent : table.continents()) {
                column.add(number(table.count(category, continent)));
            }
            column.add(number(table.totalOf(category)));
            columns.add(column);
        }
        List<String> totals = new ArrayList<>(List.of(TOTAL));
        table.continents().forEach(continent -> totals.add(number(table.totalOf(continent))));
        totals.add(number(table.total()));
        columns.add(totals);
        return columns;
    }

    private static void print(List<String> labels, int labelWidth, List<List<String>> block, StringBuilder text) {
        for (int row = 0; row < labels.size(); row++) {
            StringBuilder line = new StringBuilder(padRight(labels.get(row), labelWidth));
            for (List<String> column : block) {
                line.append(GAP).append(padLeft(column.get(row), widest(column)));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }

    private static String heading(String category) {
        String plain = Plain.text(category);
        if (length(plain) <= LONGEST_HEADING) {
            return plain;
        }
        return plain.substring(0, plain.offsetByCodePoints(0, LONGEST_HEADING - 1)) + "…";
    }

    private static String number(long count) {
        return count == 0 ? "." : String.format(Locale.ROOT, "%,d", count);
    }

    private static int widest(List<String> texts) {
        return texts.stream().mapToInt(TextTable::length).max().orElse(0);
    }

    private static String padLeft(String text, int width) {
        return " ".repeat(width - length(text)) + text;
    }

    private static String padRight(String text, int width) {
        return text + " ".repeat(width - length(text));
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
