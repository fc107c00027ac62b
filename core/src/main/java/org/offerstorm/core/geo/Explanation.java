package org.offerstorm.core.geo;

import java.util.Objects;
import org.offerstorm.core.model.Continent;

/**
 * Why a point has its continent. Kilometres are great circle distances on the mean sphere; the boundaries themselves are
 * good to some hundred metres.
 *
 * @param landKm to the nearest land; 0 inside
 */
public record Explanation(Continent continent, How how, double landKm) {
    /** How the answer was found. */
    public enum How {
        /** The point lies in the continent's outline. */
        INSIDE("inside"),
        /** The point lies off the outlines, and this is the continent of the nearest land, at most 100 km away. */
        NEAREST_LAND("nearest land"),
        /** No land within 100 km. */
        OCEAN("ocean"),
        /** Exactly (0,0): what a missing position is written as. */
        NULL_ISLAND("null island");

        private final String label;

        How(String label) {
            this.label = label;
        }

        /** For people, and for the column {@code how}. */
        public String label() {
            return label;
        }
    }

    public Explanation {
        Objects.requireNonNull(continent, "continent");
        Objects.requireNonNull(how, "how");
    }
}
