package org.offerstorm.core.reference;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.text.NormalForm;

/**
 * The reference table: profession → category. Loaded once by {@link ProfessionsReader}, travels in the serialized
 * topology. Immutable, for any thread.
 *
 * <p>Every offer has a cell: one without profession counts as {@link Cell#NO_PROFESSION}, one whose profession is not in
 * the table as {@link Cell#OTHER}. So the number of cells is the number of the table's categories, plus two, times
 * the number of continents, no matter which ids offers name.
 */
public final class Professions implements Serializable {
    private static final long serialVersionUID = 1L;

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
    private final List<EnumMap<Continent, Cell>> cells = new ArrayList<>(); // of the profession at the same index
    private final EnumMap<Continent, Cell> noneCells = cellsOf(Cell.NO_PROFESSION);
    private final EnumMap<Continent, Cell> otherCells = cellsOf(Cell.OTHER);

    /** Called by {@link ProfessionsReader}, which has checked all; the ids are distinct. */
    Professions(List<Profession> table) {
        professions = table.toArray(new Profession[0]);
        Arrays.sort(professions, (a, b) -> Long.compare(a.id(), b.id()));
        ids = new long[professions.length];
        Map<String, EnumMap<Continent, Cell>> byCategory = new HashMap<>();
        for (int i = 0; i < professions.length; i++) {
            ids[i] = professions[i].id();
            cells.add(byCategory.computeIfAbsent(professions[i].category(), Professions::cellsOf));
        }
    }

    /** Category of the profession; {@link Cell#OTHER} for an id that is not in the table. */
    public String category(long professionId) {
        return cellsOf(professionId).get(Continent.UNKNOWN).category();
    }

    /** Where the offer counts. The same object for the same cell, every time: on the path of every offer. */
    public Cell cell(Offer offer, Continent continent) {
        EnumMap<Continent, Cell> row = offer.hasProfession() ? cellsOf(offer.professionId()) : noneCells;
        return row.get(continent);
    }

    /** The table, ascending by id. */
    public List<Profession> table() {
        return List.of(professions);
    }

    /** Every category of the table once, in the order of the ids; without {@code (none)} and {@code (other)}. */
    public List<String> categories() {
        Set<String> distinct = new LinkedHashSet<>();
        for (Profession profession : professions) {
            distinct.add(profession.category());
        }
        return List.copyOf(distinct);
    }

    /** The table's spelling of a category that looks like the text; the text itself if the table has none. */
    public String spelling(String text) {
        for (Profession profession : professions) {
            if (NormalForm.areAlike(profession.category(), text)) {
                return profession.category();
            }
        }
        return text;
    }

    private EnumMap<Continent, Cell> cellsOf(long professionId) {
        int at = Arrays.binarySearch(ids, professionId);
        return at >= 0 ? cells.get(at) : otherCells;
    }

    private static EnumMap<Continent, Cell> cellsOf(String category) {
        EnumMap<Continent, Cell> row = new EnumMap<>(Continent.class);
        for (Continent continent : Continent.values()) {
            row.put(continent, Cell.of(category, continent));
        }
        return row;
    }
}
