package org.offerstorm.core.geo;

import org.offerstorm.core.model.Continent;

/**
 * Continent of a point on Earth. Implementations are immutable and safe for use by many threads; one instance serves a
 * worker.
 */
public interface ContinentClassifier {
    /**
     * The continent of a point.
     *
     * @param latitude degrees north, -90 to 90
     * @param longitude degrees east, -180 to 180
     * @return the continent, {@link Continent#UNKNOWN} for the open ocean and for exactly (0,0); never null
     * @throws IllegalArgumentException if a coordinate is not finite or out of range
     */
    Continent classify(double latitude, double longitude);
}
