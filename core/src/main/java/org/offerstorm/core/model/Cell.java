package org.offerstorm.core.model;

import java.io.Serializable;
import java.util.Objects;

/**
 * One cell of the table category × continent. A live offer is counted in exactly one.
 *
 * @param category non-empty, without {@code |} and control characters; at most some hundreds exist
 * @param key {@code category|CONTINENT}: the name of the cell in Redis
 */
public record Cell(String category, Continent continent, String key) implements Serializable {
    /** Category of an offer that names no profession. */
    public static final String NO_PROFESSION = "(none)";
    /** Category of an offer whose profession is not in the reference table. */
    public static final String OTHER = "(other)";

    private static final char SEPARATOR = '|';

    public Cell {
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(continent, "continent");
        Objects.requireNonNull(key, "key");
    }

    public static Cell of(String category, Continent continent) {
        return new Cell(category, continent, category + SEPARATOR + continent.name());
    }

    /**
     * The cell that {@code key} names.
     *
     * @throws IllegalArgumentException if it names none
     */
    public static Cell ofKey(String key) {
        int at = key.lastIndexOf(SEPARATOR);
        if (at <= 0) {
            throw new IllegalArgumentException("'" + key + "' is not a cell; write category|CONTINENT");
        }
        return new Cell(key.substring(0, at), Continent.valueOf(key.substring(at + 1)), key);
    }
}
