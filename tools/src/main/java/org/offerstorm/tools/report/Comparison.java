package org.offerstorm.tools.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.text.PlainText;

/** The table as several stores hold it, and whether they agree. Immutable. */
public final class Comparison {
    private static final int MOST_NAMED = 20;
    private static final String GAP = "   |   ";

    private final Map<String, CountTable> tables;

    /** @param tables store's name to its table, in the order in which they are shown; at least one */
    public Comparison(Map<String, CountTable> tables) {
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("nothing to compare");
        }
        this.tables = new LinkedHashMap<>(tables);
    }

    /** Store's name to its table, in the order in which they are shown. */
    public Map<String, CountTable> tables() {
        return Collections.unmodifiableMap(tables);
    }

    public boolean agree() {
        return tables.values().stream().distinct().count() == 1;
    }

    /** A line that says so, or the cells that differ, each with what every store counts. */
    public String verdict() {
        String stores = String.join(", ", tables.keySet());
        if (agree()) {
            long total = tables.values().iterator().next().total();
            return String.format(
                    Locale.ROOT, "%s agree in every cell: %,d offer%s.", stores, total, total == 1 ? "" : "s");
        }
        List<String> cells = differing();
        String more = cells.size() > MOST_NAMED ? "\n  and " + (cells.size() - MOST_NAMED) + " more" : "";
        return stores + " differ in " + cells.size() + (cells.size() == 1 ? " cell:" : " cells:")
                + cells.stream().limit(MOST_NAMED).map(cell -> "\n  " + cell).collect(Collectors.joining())
                + more;
    }

    /** The tables side by side if that fits into {@code width} columns, else one below the other. */
    public String render(int width) {
        Map<String, List<String>> blocks = new LinkedHashMap<>();
        tables.forEach((store, table) -> blocks.put(store, block(store, table, width)));
        int sideBySide =
                blocks.values().stream().mapToInt(Comparison::widthOf).sum() + GAP.length() * (blocks.size() - 1);
        boolean sameHeight = blocks.values().stream().map(List::size).distinct().count() == 1;
        if (sideBySide > width || !sameHeight) {
            return blocks.values().stream().map(Comparison::joined).collect(Collectors.joining("\n"));
        }
        StringBuilder text = new StringBuilder();
        int rows = blocks.values().iterator().next().size();
        for (int row = 0; row < rows; row++) {
            List<String> line = new ArrayList<>();
            for (List<String> block : blocks.values()) {
                line.add(pad(block.get(row), widthOf(block)));
            }
            text.append(String.join(GAP, line).stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private List<String> differing() {
        CountTable first = tables.values().iterator().next();
        // A cell may differ between two of them only; the first table's differences with each are all there are.
        Map<String, Cell> cells = new TreeMap<>();
        for (CountTable other : tables.values()) {
            for (CountTable.Difference difference : first.differences(other)) {
                Cell cell = Cell.of(difference.category(), difference.continent());
                cells.put(cell.key(), cell);
            }
        }
        return cells.values().stream().map(this::describe).toList();
    }

    private String describe(Cell cell) {
        return tables.entrySet().stream()
                .map(entry -> String.format(
                        Locale.ROOT,
                        "%s %,d",
                        entry.getKey(),
                        entry.getValue().count(cell.category(), cell.continent())))
                .collect(Collectors.joining(", ", PlainText.of(cell.category()) + " × " + cell.continent() + ": ", ""));
    }

    private static List<String> block(String store, CountTable table, int width) {
        List<String> lines = new ArrayList<>(List.of(store));
        TextTable.render(table, width).lines().forEach(lines::add);
        return lines;
    }

    private static String joined(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private static int widthOf(List<String> lines) {
        return lines.stream().mapToInt(Columns::length).max().orElse(0);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - Columns.length(text));
    }
}
