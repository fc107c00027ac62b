package org.offerstorm.tools.report;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** A small table for a terminal: the first column to the left, the others to the right. */
public final class Columns {
    /** Between two columns. */
    static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final BitSet left = new BitSet();

    public Columns(String... headings) {
        rows.add(List.of(headings));
        left.set(0);
    }

    /** All columns to the left: they hold words. */
    public Columns left() {
        left.set(0, rows.get(0).size());
        return this;
    }

    /** This column to the left too: it holds words. */
    public Columns left(int column) {
        left.set(column);
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
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String space = " ".repeat(widths[i] - length(row.get(i)));
                line.append(i == 0 ? "" : GAP).append(left.get(i) ? row.get(i) + space : space + row.get(i));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** Characters that a terminal shows. */
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
