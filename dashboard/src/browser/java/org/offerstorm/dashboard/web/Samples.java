package org.offerstorm.dashboard.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;

/** A table that looks like one, and the hours before. */
final class Samples {
    private static final Map<String, Integer> CATEGORIES = Map.ofEntries(
            Map.entry("Software & Data", 9),
            Map.entry("Health", 7),
            Map.entry("Arts \"&\" crafts", 5),
            Map.entry("Bâtiment", 5),
            Map.entry("Education", 6),
            Map.entry("Hôtellerie, restauration", 6),
            Map.entry("Land & Sea", 4),
            Map.entry("Money & Law", 4),
            Map.entry("Sales", 3),
            Map.entry("Transport", 5),
            Map.entry("(none)", 2));
    private static final Map<Continent, Integer> CONTINENTS = Map.of(
            Continent.EU, 4,
            Continent.AS, 3,
            Continent.AF, 3,
            Continent.NA, 2,
            Continent.SA, 2,
            Continent.OC, 1,
            Continent.UNKNOWN, 1);

    private Samples() {}

    /** Further offers in the same cells. */
    static void more(DashboardFixture fixture, int count) throws IOException {
        List<String> categories = new ArrayList<>(new TreeMap<>(CATEGORIES).keySet());
        List<Continent> continents = new ArrayList<>(new TreeMap<>(CONTINENTS).keySet());
        Random random = new Random(count);
        for (int i = 0; i < count; i++) {
            fixture.offers()
                    .writeOne(Cell.of(
                            categories.get(random.nextInt(categories.size())),
                            continents.get(random.nextInt(continents.size()))));
        }
    }

    static void write(DashboardFixture fixture) throws IOException {
        List<Cell> cells = new ArrayList<>();
        new TreeMap<>(CATEGORIES).forEach((category, weight) -> new TreeMap<>(CONTINENTS).forEach((continent, times) -> {
            for (int i = 0; i < weight * times; i++) {
                cells.add(Cell.of(category, continent));
            }
        }));
        cells.add(Cell.of("Education", Continent.AN));
        Random random = new Random(7);
        Collections.shuffle(cells, random);
        long now = System.currentTimeMillis();
        int from = 0;
        for (int minute = 57; minute >= 0 && from < cells.size(); minute--) {
            int to = minute == 0 ? cells.size() : Math.min(cells.size(), from + 4 + random.nextInt(24));
            fixture.offers().writeNew(cells.subList(from, to), now - minute * 60_000L);
            from = to;
        }
        fixture.offers().writeOne(Cell.of("Health", Continent.EU));
        fixture.offers().writeOne(Cell.of("Education", Continent.AS));
        fixture.awaitTable();
    }
}
