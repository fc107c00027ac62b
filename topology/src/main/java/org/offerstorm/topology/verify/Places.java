package org.offerstorm.topology.verify;

import java.util.HashMap;
import java.util.Map;
import org.offerstorm.core.geo.Continents;
import org.offerstorm.core.reference.Professions;

/**
 * Where an offer counts: its category by an own look-up in the reference table, its continent by asking the outlines
 * themselves, without the pipeline's index of cells. Used by one thread.
 */
final class Places {
    /** Positions remembered: many offers share an office. */
    private static final int REMEMBERED = 100_000;

    private final Map<Long, String> categories = new HashMap<>();
    private final Continents continents = Continents.load();
    private final Map<Position, String> known = new HashMap<>();

    private record Position(double latitude, double longitude) {}

    Places(Professions professions) {
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
        Position position = new Position(latitude, longitude);
        String continent = known.get(position);
        if (continent == null) {
            continent = continents.search(latitude, longitude).name();
            if (known.size() < REMEMBERED) {
                known.put(position, continent);
            }
        }
        return continent;
    }
}
