package org.offerstorm.tools.generate;

import org.offerstorm.core.model.Continent;

/**
 * Somewhere that an offer can be. The continent is written here by hand, so that expectations do not come from the
 * classifier that they test.
 *
 * @param name for people, in the local or the English spelling
 * @param latitudeMicros millionths of a degree north
 * @param longitudeMicros millionths of a degree east
 */
record City(String name, int latitudeMicros, int longitudeMicros, Continent continent) {
    static City of(String name, double latitude, double longitude, Continent continent) {
        return new City(name, micros(latitude), micros(longitude), continent);
    }

    private static int micros(double degrees) {
        return Math.toIntExact(Math.round(degrees * 1e6));
    }
}
