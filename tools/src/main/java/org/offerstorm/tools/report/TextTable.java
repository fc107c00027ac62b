package org.offerstorm.tools.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.text.PlainText;

/**
 * The table for a terminal. When it is wider than the terminal its columns go on in further blocks below, each with the
 * continents at its left; the totals stand at the end of the last.
 */
public final class TextTable {
    /** A width for files and pipes. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final String TOTAL = "Total";
    private static final int LONGEST_HEADING = 24;

    private TextTable() {}

    /** Lines, each with a line feed at its end. There is no other control character, no matter what categories hold. */
    public static String render(CountTable table, int width) {
        List<String> labels = new ArrayList<>(List.of(""));
        table.continents().forEach(continent -> labels.add(continent.name()));
        labels.add(TOTAL);
        int labelWidth = widest(labels);

        StringBuilder text = new StringBuilder();
        List<List<String>> block = new ArrayList<>();
        int used = labelWidth;
        for (List<String> column : columns(table)) {
            int columnWidth = Columns.GAP.length() + widest(column);
            if (!block.isEmpty() && used + columnWidth > width) {
                text.append(lines(labels, block)).append('\n');
                block.clear();
                used = labelWidth;
            }
            block.add(column);
            used += columnWidth;
        }
        return text.append(lines(labels, block)).toString();
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

    private static String lines(List<String> labels, List<List<String>> block) {
        Columns lines = new Columns(row(0, labels, block));
        for (int row = 1; row < labels.size(); row++) {
            lines.row((Object[]) row(row, labels, block));
        }
        return lines.toString();
    }

    private static String[] row(int row, List<String> labels, List<List<String>> block) {
        List<String> cells = new ArrayList<>(List.of(labels.get(row)));
        block.forEach(column -> cells.add(column.get(row)));
        return cells.toArray(String[]::new);
    }

    private static String heading(String category) {
        String plain = PlainText.of(category);
        if (Columns.length(plain) <= LONGEST_HEADING) {
            return plain;
        }
        return plain.substring(0, plain.offsetByCodePoints(0, LONGEST_HEADING - 1)) + "…";
    }

    private static String number(long count) {
        return count == 0 ? "." : String.format(Locale.ROOT, "%,d", count);
    }

    private static int widest(List<String> texts) {
        return texts.stream().mapToInt(Columns::length).max().orElse(0);
    }
}
