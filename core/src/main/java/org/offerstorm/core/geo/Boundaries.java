package org.offerstorm.core.geo;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The continents' outlines as closed rings, and the plain questions to them. No ring crosses the antimeridian; edges are
 * straight in longitude and latitude; no two continents overlap. Immutable.
 *
 * <p>Coordinates are whole units of 1/4096 degree, so that differences of vertices are exact in doubles. Edges come in
 * runs of up to 16 neighbours with a ball around each run: a search for the nearest shore skips most runs by one distance.
 */
final class Boundaries {
    static final int UNITS = 4096;
    /** Continents proper: the ordinals of Continent without UNKNOWN. */
    static final int CONTINENTS = 7;
    /** No continent; the ordinal of UNKNOWN. */
    static final int NONE = 7;

    private static final int RUN = 16;
    /** Height of a row in units: a quarter of a degree. */
    private static final int ROW = UNITS / 4;

    private static final int ROWS = 180 * UNITS / ROW;
    /** Added to a run's radius against rounding; 0.6 µm on the ground. */
    private static final double SLACK = 1e-13;

    /** Vertices, ring after ring; each ring's first vertex is repeated as its last. */
    final int[] x;

    final int[] y;
    /** Run r has the edges (i, i + 1) for runFrom[r] ≤ i < runTo[r]. */
    final int[] runFrom;

    final int[] runTo;
    final byte[] runContinent;

    private final double[] unitX;
    private final double[] unitY;
    private final double[] unitZ;
    /** Four doubles a run: centre and radius of its ball. */
    private final double[] balls;
    /** By row of latitude, from the south: the runs that touch it. */
    private final int[][] rows = new int[ROWS][];
    /** The numbers of all runs. */
    private final int[] all;

    /**
     * @param ringEnd index after the last vertex of each ring
     * @param ringContinent ordinal of each ring's continent
     */
    Boundaries(int[] x, int[] y, int[] ringEnd, byte[] ringContinent) {
        this.x = x;
        this.y = y;
        int n = x.length;
        unitX = new double[n];
        unitY = new double[n];
        unitZ = new double[n];
        for (int i = 0; i < n; i++) {
            double longitude = (double) x[i] / UNITS;
            double latitude = (double) y[i] / UNITS;
            unitX[i] = Sphere.x(latitude, longitude);
            unitY[i] = Sphere.y(latitude, longitude);
            unitZ[i] = Sphere.z(latitude);
        }
        int runs = 0;
        for (int ring = 0, from = 0; ring < ringEnd.length; from = ringEnd[ring++]) {
            runs += (ringEnd[ring] - 1 - from + RUN - 1) / RUN;
        }
        runFrom = new int[runs];
        runTo = new int[runs];
        runContinent = new byte[runs];
        balls = new double[4 * runs];
        int run = 0;
        for (int ring = 0, from = 0; ring < ringEnd.length; from = ringEnd[ring++]) {
            int last = ringEnd[ring] - 1;
            for (int i = from; i < last; i += RUN) {
                runFrom[run] = i;
                runTo[run] = Math.min(last, i + RUN);
                runContinent[run] = ringContinent[ring];
                enclose(run++);
            }
        }
        all = IntStream.range(0, runs).toArray();
        bucket();
    }

    private void bucket() {
        int[] from = new int[runs()];
        int[] to = new int[runs()];
        int[] count = new int[ROWS];
        for (int run = 0; run < from.length; run++) {
            int south = Integer.MAX_VALUE;
            int north = Integer.MIN_VALUE;
            for (int i = runFrom[run]; i <= runTo[run]; i++) {
                south = Math.min(south, y[i]);
                north = Math.max(north, y[i]);
            }
            from[run] = row(south);
            to[run] = row(north);
            for (int row = from[run]; row <= to[run]; row++) {
                count[row]++;
            }
        }
        for (int row = 0; row < ROWS; row++) {
            rows[row] = new int[count[row]];
        }
        for (int run = from.length - 1; run >= 0; run--) {
            for (int row = from[run]; row <= to[run]; row++) {
                rows[row][--count[row]] = run;
            }
        }
    }

    /** The row of a latitude in units; the north pole belongs to the northernmost. */
    private static int row(double py) {
        return Math.min(ROWS - 1, (int) Math.floor((py + 90 * UNITS) / ROW));
    }

    private void enclose(int run) {
        double cx = 0;
        double cy = 0;
        double cz = 0;
        int vertices = runTo[run] - runFrom[run] + 1;
        for (int i = runFrom[run]; i <= runTo[run]; i++) {
            cx += unitX[i] / vertices;
            cy += unitY[i] / vertices;
            cz += unitZ[i] / vertices;
        }
        double radius = 0;
        for (int i = runFrom[run]; i <= runTo[run]; i++) {
            double dx = unitX[i] - cx;
            double dy = unitY[i] - cy;
            double dz = unitZ[i] - cz;
            radius = Math.max(radius, Math.sqrt(dx * dx + dy * dy + dz * dz));
        }
        balls[4 * run] = cx;
        balls[4 * run + 1] = cy;
        balls[4 * run + 2] = cz;
        balls[4 * run + 3] = radius + SLACK;
    }

    int runs() {
        return runFrom.length;
    }

    /**
     * The continents around a point, one bit each, by counting the edges that pass east of it. A point on an outline is
     * inside if the land lies east or north of it, so that of two continents that share the outline exactly one has it.
     *
     * @param px longitude in units, at least -180°, below 180°
     * @param py latitude in units
     */
    int containing(double px, double py) {
        int mask = 0;
        for (int run : rows[row(py)]) {
            int bit = 1 << runContinent[run];
            for (int i = runFrom[run]; i < runTo[run]; i++) {
                if (passesEast(i, px, py)) {
                    mask ^= bit;
                }
            }
        }
        return mask;
    }

    /** Whether the edge (i, i + 1) crosses the ray that goes east from the point. */
    boolean passesEast(int i, double px, double py) {
        boolean up = y[i] <= py;
        if (up == (y[i + 1] <= py)) {
            return false;
        }
        int side = Orientation.sign(x[i], y[i], x[i + 1], y[i + 1], px, py);
        return up ? side > 0 : side < 0;
    }

    /** Distance from a unit vector to the centre of a run's ball. */
    double toCentre(int run, double px, double py, double pz) {
        double dx = px - balls[4 * run];
        double dy = py - balls[4 * run + 1];
        double dz = pz - balls[4 * run + 2];
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }

    double radius(int run) {
        return balls[4 * run + 3];
    }

    /** Squared distance from a unit vector to the nearest edge of a run. */
    double squaredTo(int run, double px, double py, double pz) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = runFrom[run]; i < runTo[run]; i++) {
            best = Math.min(
                    best,
                    Sphere.squaredToSegment(
                            px, py, pz, unitX[i], unitY[i], unitZ[i], unitX[i + 1], unitY[i + 1], unitZ[i + 1]));
        }
        return best;
    }

    /** Chord from a point, in degrees, to the nearest edge of each continent, by ordinal. */
    double[] nearest(double latitude, double longitude) {
        double px = Sphere.x(latitude, longitude);
        double py = Sphere.y(latitude, longitude);
        double pz = Sphere.z(latitude);
        double[] chords = nearest(all, px, py, pz);
        for (int i = 0; i < chords.length; i++) {
            chords[i] = Math.sqrt(chords[i]);
        }
        return chords;
    }

    /** The runs of which some part may be within {@code chord} of a unit vector. */
    int[] within(double chord, double px, double py, double pz) {
        int[] found = new int[64];
        int count = 0;
        for (int run = 0; run < runFrom.length; run++) {
            if (toCentre(run, px, py, pz) - radius(run) <= chord) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, 2 * count);
                }
                found[count++] = run;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /**
     * Squared distance from a unit vector to the nearest edge of each continent, by ordinal; infinite for a continent that
     * none of the runs belongs to.
     */
    double[] nearest(int[] runs, double px, double py, double pz) {
        double[] reach = new double[CONTINENTS];
        Arrays.fill(reach, Double.POSITIVE_INFINITY);
        for (int run : runs) {
            int continent = runContinent[run];
            reach[continent] = Math.min(reach[continent], toCentre(run, px, py, pz) + radius(run));
        }
        double[] squared = new double[CONTINENTS];
        Arrays.fill(squared, Double.POSITIVE_INFINITY);
        for (int run : runs) {
            int continent = runContinent[run];
            if (toCentre(run, px, py, pz) - radius(run) <= reach[continent]) {
                squared[continent] = Math.min(squared[continent], squaredTo(run, px, py, pz));
                reach[continent] = Math.min(reach[continent], Math.sqrt(squared[continent]));
            }
        }
        return squared;
    }
}
