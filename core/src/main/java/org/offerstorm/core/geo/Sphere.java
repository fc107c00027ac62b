package org.offerstorm.core.geo;

/**
 * Distances on a sphere of the Earth's mean radius (IUGG R1). Points are unit vectors, distances chords of the unit
 * sphere: they order as great circles do and need no inverse sine. StrictMath, so that every platform answers alike.
 */
final class Sphere {
    static final double RADIUS_KM = 6371.0088;

    private Sphere() {}

    static double x(double latitude, double longitude) {
        return StrictMath.cos(StrictMath.toRadians(latitude)) * StrictMath.cos(StrictMath.toRadians(longitude));
    }

    static double y(double latitude, double longitude) {
        return StrictMath.cos(StrictMath.toRadians(latitude)) * StrictMath.sin(StrictMath.toRadians(longitude));
    }

    static double z(double latitude) {
        return StrictMath.sin(StrictMath.toRadians(latitude));
    }

    /** Great circle distance of two points that are {@code chord} apart. */
    static double km(double chord) {
        return 2 * RADIUS_KM * StrictMath.asin(Math.min(1, chord / 2));
    }

    static double chord(double km) {
        return 2 * StrictMath.sin(km / RADIUS_KM / 2);
    }

    /** Squared distance of p and the straight segment a–b; a run of the shore is drawn so (edges are at most 1/4° long). */
    static double squaredToSegment(
            double px, double py, double pz, double ax, double ay, double az, double bx, double by, double bz) {
        double ex = bx - ax;
        double ey = by - ay;
        double ez = bz - az;
        double wx = px - ax;
        double wy = py - ay;
        double wz = pz - az;
        double length = ex * ex + ey * ey + ez * ez;
        double along = wx * ex + wy * ey + wz * ez;
        double t = along <= 0 || length == 0 ? 0 : Math.min(1, along / length);
        double dx = wx - t * ex;
        double dy = wy - t * ey;
        double dz = wz - t * ez;
        return dx * dx + dy * dy + dz * dz;
    }
}
