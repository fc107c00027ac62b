package org.offerstorm.tools.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.offerstorm.core.geo.Continents;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.text.Blanks;
import org.offerstorm.core.text.NormalForm;

/**
 * Where an offer counts: its category by a separate look-up of its text or in the reference table, its continent by asking the outlines
 * themselves, without the pipeline's index of cells; only of very many positions at sea the later ones by that index. Used
 * by one thread.
 */
final class ExpectedCells {
    /** Positions off the outlines for which all shores are searched; it takes long. */
    private static final int SEARCHED = 20_000;

    private final Map<Long, String> categories = new HashMap<>();
    /** As they are counted, by their normal form. */
    private final Map<String, String> known = new HashMap<>();

    private final Continents continents = Continents.load();
    private final Map<Position, String> offshore = new HashMap<>();

    private record Position(double latitude, double longitude) {}

    ExpectedCells(DataSet data) {
        data.professions().table().forEach(line -> {
            categories.put(line.id(), line.category());
            known.putIfAbsent(NormalForm.of(line.category()), line.category());
        });
        if (data.mapping() != null) {
            data.mapping()
                    .categories()
                    .forEach(category -> known.putIfAbsent(NormalForm.of(category), Blanks.strip(category)));
        }
    }

    /** {@code category|CONTINENT}. */
    String cell(PlainOffer offer) {
        return category(offer) + "|" + continent(offer.latitude(), offer.longitude());
    }

    private String category(PlainOffer offer) {
        if (offer.category() != null) {
            return known.getOrDefault(NormalForm.of(offer.category()), "(other)");
        }
        Long profession = offer.professionId();
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
