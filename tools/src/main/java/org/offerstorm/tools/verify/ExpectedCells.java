package org.offerstorm.tools.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.offerstorm.core.geo.Continents;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.reference.Professions;

/**
 * Where an offer counts: its category by a separate look-up in the reference table, its continent by asking the outlines
 * themselves, without the pipeline's index of cells; only of very many positions at sea the later ones by that index. Used
 * by one thread.
 */
final class ExpectedCells {
    /** Positions off the outlines for which all shores are searched; it takes long. */
    private static final int SEARCHED = 20_000;

    private final Map<Long, String> categories = new HashMap<>();
    private final Continents continents = Continents.load();
    private final Map<Position, String> offshore = new HashMap<>();

    private record Position(double latitude, double longitude) {}

    ExpectedCells(Professions professions) {
        professions.table().forEach(line -> categories.put(line.id(), line.category()));
    }

    /** {@code category|CONTINENT}. */
    String cell(PlainOffer offer) {
        return category(offer.professionId()) + "|" + continent(offer.latitude(), offer.longitude());
    }

    private String category(Long profession) {
        return profession == null ? "(none)" : categories.getOrDefault(profession, "(other)");
    }

    private String continent(Double latitude, Double longitude) {
        if (latitude == null) {
            return "UNKNOWN";
        }
        Optional<Continent> around = continents.outlineAround(latitude, longitude);
        if (around.isPresent()) {
            return around.get().name();
        }
        Position position = new Position(latitude, longitude);
        String continent = offshore.get(position);
        if (continent == null && offshore.size() < SEARCHED) {
            continent = continents.search(latitude, longitude).name();
            offshore.put(position, continent);
        }
        return continent == null ? continents.classify(latitude, longitude).name() : continent;
    }
}
