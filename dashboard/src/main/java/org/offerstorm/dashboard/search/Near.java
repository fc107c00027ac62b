package org.offerstorm.dashboard.search;

import java.util.Locale;

/**
 * A place to be near.
 *
 * @param latitude degrees north
 * @param longitude degrees east
 * @param radiusKm 0.1 to 20,000, or {@link #ANYWHERE}
 */
public record Near(double latitude, double longitude, double radiusKm) {
    static final double ANYWHERE = Double.POSITIVE_INFINITY;

    private static final double EARTH_KM = 6371.0087714; // the mean radius that Solr uses

    boolean hasRadius() {
        return radiusKm != ANYWHERE;
    }

    /** As Solr's {@code pt} takes it. */
    String asPoint() {
        return String.format(Locale.ROOT, "%.6f,%.6f", latitude, longitude);
    }

    /** Kilometres along a great circle (haversine formula). */
    double distanceKm(double toLatitude, double toLongitude) {
        double sinLat = Math.sin(Math.toRadians(toLatitude - latitude) / 2);
        double sinLon = Math.sin(Math.toRadians(toLongitude - longitude) / 2);
        double h = sinLat * sinLat
                + Math.cos(Math.toRadians(latitude)) * Math.cos(Math.toRadians(toLatitude)) * sinLon * sinLon;
        return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
    }
}
