package org.offerstorm.tools.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;

/**
 * The table: live offers by continent (rows) and category (columns), with totals. Immutable. Every continent has its
 * row, also if nothing is counted there; a category has a column if any of its cells is not zero.
 */
public final class CountTable {
    /** Named categories by name, then {@code (none)} and {@code (other)}. */
    private static final Comparator<String> COLUMN_ORDER =
            Comparator.comparingInt(CountTable::rank).thenComparing(Comparator.naturalOrder());

    private final List<String> categories;
    private final Map<String, EnumMap<Continent, Long>> columns;

    private CountTable(Map<String, EnumMap<Continent, Long>> columns) {
        this.columns = columns;
        this.categories = List.copyOf(columns.keySet());
    }

    /**
     * The table of these counts; a count of zero is as good as none, one below zero is kept (it shows that a store is
     * wrong).
     */
    public static CountTable of(Map<Cell, Long> counts) {
        Map<String, EnumMap<Continent, Long>> columns = new TreeMap<>(COLUMN_ORDER);
        counts.forEach((cell, count) -> {
            if (count != 0) {
                columns.computeIfAbsent(cell.category(), category -> new EnumMap<>(Continent.class))
                        .merge(cell.continent(), count, Long::sum);
            }
        });
        return new CountTable(columns);
    }

    /** The columns, in the order in which they are shown. */
    public List<String> categories() {
        return categories;
    }

    /** The rows, in the order in which they are shown. */
    public List<Continent> continents() {
        return List.of(Continent.values());
    }

    public long count(String category, Continent continent) {
        EnumMap<Continent, Long> column = columns.get(category);
        return column == null ? 0 : column.getOrDefault(continent, 0L);
    }

    public long totalOf(String category) {
        EnumMap<Continent, Long> column = columns.get(category);
        return column == null
                ? 0
                : column.values().stream().mapToLong(Long::longValue).sum();
    }

    public long totalOf(Continent continent) {
        return categories.stream()
                .mapToLong(category -> count(category, continent))
                .sum();
    }

    /** Live offers. */
    public long total() {
        return categories.stream().mapToLong(this::totalOf).sum();
    }

    /** Every cell in which the other table has another number, in the order in which they are shown. */
    public List<Difference> differences(CountTable other) {
        TreeSet<String> all = new TreeSet<>(COLUMN_ORDER);
        all.addAll(categories);
        all.addAll(other.categories);
        List<Difference> found = new ArrayList<>();
        for (String category : all) {
            for (Continent continent : continents()) {
                long here = count(category, continent);
                long there = other.count(category, continent);
                if (here != there) {
                    found.add(new Difference(category, continent, here, there));
                }
            }
        }
        return found;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CountTable table && columns.equals(table.columns);
    }

    @Override
    public int hashCode() {
        return columns.hashCode();
    }

    @Override
    public String toString() {
        return TextTable.render(this, TextTable.UNLIMITED);
    }

    private static int rank(String category) {
        return switch (category) {
            case Cell.NO_PROFESSION -> 1;
            case Cell.OTHER -> 2;
            default -> 0;
        };
    }

    /** A cell that two tables count differently. */
    public record Difference(String category, Continent continent, long here, long there) {}
}
