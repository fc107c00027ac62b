package org.offerstorm.tools.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A small table for a terminal: the first column to the left, the others to the right. */
public final class Columns {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private boolean left;

    public Columns(String... headings) {
        rows.add(List.of(headings));
    }

    /** All columns to the left: they hold words. */
    public Columns left() {
        left = true;
        return this;
    }

    public void row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(
                    cell instanceof Number number
                            ? String.format(Locale.ROOT, "%,d", number.longValue())
                            : cell == null ? "?" : cell.toString());
        }
        rows.add(row);
    }

    /** Lines with a line feed each. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String space = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? "" : GAP).append(left || i == 0 ? row.get(i) + space : space + row.get(i));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
