package org.offerstorm.dashboard.search;

import java.util.Locale;

/**
 * A part of the world between two meridians and two parallels, in degrees. {@code west} may be greater than {@code east}:
 * the box then crosses the antimeridian.
 */
public record Box(double west, double south, double east, double north) {
    static final Box WORLD = new Box(-180, -90, 180, 90);

    public Box {
        check(west, 180, "longitude");
        check(east, 180, "longitude");
        check(south, 90, "latitude");
        check(north, 90, "latitude");
        if (south > north) {
            throw new BadSearch("a box reads west,south,east,north; its south is above its north");
        }
    }

    private static void check(double degrees, double most, String what) {
        if (!(Math.abs(degrees) <= most)) { // not NaN either
            throw new BadSearch("a " + what + " lies between -" + (int) most + " and " + (int) most + " degrees");
        }
    }

    /** Degrees of longitude from west to east. */
    double width() {
        return west <= east ? east - west : east - west + 360;
    }

    /** As a range of Solr's points. */
    String asRange() {
        return String.format(Locale.ROOT, "[%.6f,%.6f TO %.6f,%.6f]", south, west, north, east);
    }

    /** As Solr's heat maps take it. */
    String asGeometry() {
        return String.format(Locale.ROOT, "[\"%.6f %.6f\" TO \"%.6f %.6f\"]", west, south, east, north);
    }
}
