package org.offerstorm.core.reference;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.text.Blanks;
import org.offerstorm.core.text.NormalForm;
import org.offerstorm.core.text.Quote;

/**
 * The reference table: profession → category; and further categories that offers may name themselves. Loaded once by
 * {@link ProfessionsReader}, travels in the serialized topology. Immutable, for any thread.
 *
 * <p>Every offer has a cell. One that names a category counts there, regardless of its profession, or as
 * {@link Cell#OTHER} if no known category looks like it. Otherwise one without profession counts as
 * {@link Cell#NO_PROFESSION}, one whose profession is not in the table as {@link Cell#OTHER}. So the number of cells is the
 * number of the known categories, plus two, times the number of continents, no matter what offers say.
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
    /** By each spelling that is known without a look at its characters: as it is shown, and its normal form. */
    private final Map<String, EnumMap<Continent, Cell>> byCategory = new HashMap<>();

    private final List<String> further; // categories that no profession has
    private final EnumMap<Continent, Cell> noneCells = cellsOf(Cell.NO_PROFESSION);
    private final EnumMap<Continent, Cell> otherCells = cellsOf(Cell.OTHER);

    /** Called by {@link ProfessionsReader}, which has checked all; the ids are distinct. */
    Professions(List<Profession> table) {
        this(table, List.of());
    }

    private Professions(List<Profession> table, Collection<String> more) {
        professions = table.toArray(new Profession[0]);
        Arrays.sort(professions, (a, b) -> Long.compare(a.id(), b.id()));
        ids = new long[professions.length];
        for (int i = 0; i < professions.length; i++) {
            ids[i] = professions[i].id();
            cells.add(row(professions[i].category()));
        }
        List<String> unknown = new ArrayList<>();
        for (String category : more) {
            if (!byCategory.containsKey(NormalForm.of(category))) {
                row(category);
                unknown.add(category);
            }
        }
        further = List.copyOf(unknown);
    }

    /** The category's cells; categories that look alike share them, by the spelling that came first. */
    private EnumMap<Continent, Cell> row(String category) {
        EnumMap<Continent, Cell> row = byCategory.computeIfAbsent(NormalForm.of(category), normal -> cellsOf(category));
        byCategory.put(category, row);
        return row;
    }

    /**
     * The same table, and categories that offers may name although no profession has them. One that looks like a category
     * of the table is that one.
     *
     * @throws IllegalArgumentException if one is blank, holds a {@code |} or a control character, or looks like
     *     {@code (none)} or {@code (other)}
     */
    public Professions withCategories(Collection<String> categories) {
        List<String> all = new ArrayList<>(further);
        for (String category : categories) {
            String normal = NormalForm.of(category);
            if (Blanks.isBlank(category)
                    || category.indexOf('|') >= 0
                    || category.chars().anyMatch(Character::isISOControl)
                    || normal.equals(Cell.NO_PROFESSION)
                    || normal.equals(Cell.OTHER)) {
                throw new IllegalArgumentException(Quote.of(category) + " cannot be the name of a category");
            }
            all.add(Blanks.strip(category));
        }
        return all.size() == further.size() ? this : new Professions(table(), all);
    }

    /** Category of the profession; {@link Cell#OTHER} for an id that is not in the table. */
    public String category(long professionId) {
        return cellsOf(professionId).get(Continent.UNKNOWN).category();
    }

    /** Where the offer counts. The same object for the same cell, every time: on the path of every offer. */
    public Cell cell(Offer offer, Continent continent) {
        String category = offer.details().category();
        EnumMap<Continent, Cell> row = category != null
                ? cellsOfText(category)
                : offer.hasProfession() ? cellsOf(offer.professionId()) : noneCells;
        return row.get(continent);
    }

    /** One look-up if the text is spelled as usual; otherwise its normal form decides. */
    private EnumMap<Continent, Cell> cellsOfText(String category) {
        EnumMap<Continent, Cell> row = byCategory.get(category);
        if (row == null) {
            String normal = NormalForm.of(category);
            row = normal.equals(category) ? null : byCategory.get(normal);
        }
        return row == null ? otherCells : row;
    }

    /** The table, ascending by id. */
    public List<Profession> table() {
        return List.of(professions);
    }

    /** Every category once, first the table's in the order of the ids, then the further ones; without {@code (none)} and {@code (other)}. */
    public List<String> categories() {
        Set<String> distinct = new LinkedHashSet<>();
        for (Profession profession : professions) {
            distinct.add(profession.category());
        }
        distinct.addAll(further);
        return List.copyOf(distinct);
    }

    /** The known spelling of a category that looks like the text; the text itself if none does. */
    public String spelling(String text) {
        EnumMap<Continent, Cell> row = byCategory.get(NormalForm.of(text));
        return row == null ? text : row.get(Continent.UNKNOWN).category();
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
