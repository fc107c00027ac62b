package org.offerstorm.core.reference;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Offer;

/**
 * The reference table: profession → category. Loaded once by {@link ProfessionsReader}, travels in the serialized
 * topology. Immutable, for any thread.
 *
 * <p>Every offer has a cell: one without profession counts as {@link Cell#NO_PROFESSION}, one whose profession is not in
 * the table as {@link Cell#OTHER}. So there are only as many cells as the table has categories, plus two, times the
 * continents, whatever ids offers name.
 */
public final class Professions implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int CONTINENTS = Continent.values().length;

    /**
     * One line of the table.
     *
     * @param id 0 to 2^53
     * @param name the profession, for people
     * @param category non-empty, without {@code |} and control characters
     */
    public record Profession(long id, String name, String category) implements Serializable {}

    private final Profession[] professions; // ascending by id
    private final long[] ids;
    private final Cell[][] cells; // of the profession at the same index, by continent
    private final Cell[] noneCells = cellsOf(Cell.NO_PROFESSION);
    private final Cell[] otherCells = cellsOf(Cell.OTHER);

    /** Called by {@link ProfessionsReader}, which has checked all; the ids are distinct. */
    Professions(List<Profession> table) {
        professions = table.toArray(new Profession[0]);
        Arrays.sort(professions, (a, b) -> Long.compare(a.id(), b.id()));
        ids = new long[professions.length];
        cells = new Cell[professions.length][];
        Map<String, Cell[]> byCategory = new TreeMap<>();
        for (int i = 0; i < professions.length; i++) {
            ids[i] = professions[i].id();
            cells[i] = byCategory.computeIfAbsent(professions[i].category(), Professions::cellsOf);
        }
    }

    /** Category of the profession; {@link Cell#OTHER} for an id that is not in the table. */
    public String category(long professionId) {
        return cellsOf(professionId)[0].category();
    }

    /** Where the offer counts. The same object for the same cell, every time: on the path of every offer. */
    public Cell cell(Offer offer, Continent continent) {
        Cell[] row = offer.hasProfession() ? cellsOf(offer.professionId()) : noneCells;
        return row[continent.ordinal()];
    }

    /** The table, ascending by id. */
    public List<Profession> table() {
        return List.of(professions);
    }

    /** Every category of the table once, in the order of the ids; without {@code (none)} and {@code (other)}. */
    public List<String> categories() {
        Map<String, Boolean> distinct = new LinkedHashMap<>();
        for (Profession profession : professions) {
            distinct.put(profession.category(), true);
        }
        return List.copyOf(distinct.keySet());
    }

    private Cell[] cellsOf(long professionId) {
        int at = Arrays.binarySearch(ids, professionId);
        return at >= 0 ? cells[at] : otherCells;
    }

    private static Cell[] cellsOf(String category) {
        Cell[] row = new Cell[CONTINENTS];
        for (Continent continent : Continent.values()) {
            row[continent.ordinal()] = Cell.of(category, continent);
        }
        return row;
    }
}
