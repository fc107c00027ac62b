package org.offerstorm.core.sink;

import java.util.List;
import java.util.Objects;

/**
 * How much a store holds at one moment, and how large that is. Immutable.
 *
 * @param figures by names that do not depend on data; the first in bytes is the store's size
 * @param dates what is kept by date, the newest first; empty if the store keeps nothing by date
 * @param missing why figures are missing, one sentence each; empty if none are
 */
public record StoreStatistics(List<Figure> figures, List<DateSize> dates, List<String> missing) {
    /** What a figure counts. */
    public enum Unit {
        BYTES,
        NUMBER
    }

    /**
     * One figure.
     *
     * @param name lower case with underscores, {@code state_bytes}
     * @param title for people
     * @param value at least 0
     */
    public record Figure(String name, String title, Unit unit, long value) {
        public Figure {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(unit, "unit");
        }

        public static Figure bytes(String name, String title, long value) {
            return new Figure(name, title, Unit.BYTES, value);
        }

        public static Figure number(String name, String title, long value) {
            return new Figure(name, title, Unit.NUMBER, value);
        }
    }

    /**
     * What is kept of one date.
     *
     * @param date {@code 2026-11-30}
     * @param bytes of its finished files
     */
    public record DateSize(String date, long files, long bytes) {}

    public StoreStatistics {
        figures = List.copyOf(figures);
        dates = List.copyOf(dates);
        missing = List.copyOf(missing);
    }

    /** Figures alone. */
    public static StoreStatistics of(List<Figure> figures) {
        return new StoreStatistics(figures, List.of(), List.of());
    }
}
