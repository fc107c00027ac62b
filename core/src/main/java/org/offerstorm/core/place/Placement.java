package org.offerstorm.core.place;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.offerstorm.core.geo.ContinentClassifier;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.reference.Professions;

/** Gives every offer its cell. Immutable, for any thread. */
public final class Placement {
    private final Professions professions;
    private final ContinentClassifier classifier;

    public Placement(Professions professions, ContinentClassifier classifier) {
        this.professions = Objects.requireNonNull(professions, "professions");
        this.classifier = Objects.requireNonNull(classifier, "classifier");
    }

    /** Where the offer is counted; its continent is {@link Continent#UNKNOWN} if it has no coordinates. */
    public Cell cell(Offer offer) {
        Continent continent =
                offer.hasLocation() ? classifier.classify(offer.latitude(), offer.longitude()) : Continent.UNKNOWN;
        return professions.cell(offer, continent);
    }

    /** The same changes in the same order; every upsert has its cell. A deletion needs none: the sinks know the offer's. */
    public Chunk<Change> place(Chunk<Change> chunk) {
        List<Change> placed = new ArrayList<>(chunk.size());
        for (Change change : chunk.items()) {
            placed.add(change instanceof Upsert upsert ? upsert.in(cell(upsert.offer())) : change);
        }
        return new Chunk<>(chunk.header(), placed);
    }
}
