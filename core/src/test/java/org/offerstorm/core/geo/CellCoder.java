package org.offerstorm.core.geo;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Decides for a cell or tile whether one answer holds for all its points, with a margin over all rounding:
 *
 * <ol>
 *   <li>No edge touches it and its centre is in X: X. (With edges about it, or a centre in the water, the next rules.)
 *   <li>Let d(K) be the distance of its centre from continent K (0 inside), and r the distance to its farthest point. For
 *       every point p of the cell |d(K,p) − d(K)| ≤ r. So if d(X) + r is within reach, and d(K) − r &gt; d(X) + r for all
 *       others, then X is the only continent that can contain p and the nearest if none does: X.
 *   <li>If d(K) − r is out of reach for all K: UNKNOWN.
 * </ol>
 */
final class CellCoder {
    /** No single answer; the parts must be asked. */
    static final int UNDECIDED = -1;

    /** Over the 16 m by which an edge of 1/4° may differ between the plane and the sphere, and over all rounding. */
    private static final double MARGIN = Sphere.chord(0.2);

    /** Half a tile's diagonal at the equator, and more. */
    private static final double TILE = Sphere.chord(115);

    private static final int COLUMNS = 360 * CellIndex.PER_DEGREE;
    private static final int ROWS = 180 * CellIndex.PER_DEGREE;

    private final Boundaries boundaries;
    private final BitSet touched = new BitSet(COLUMNS * ROWS);
    /** The tile that was asked last, and the runs near it. */
    private int lastTile = -1;

    private int[] near = {};

    CellCoder(Boundaries boundaries) {
        this.boundaries = boundaries;
        double size = (double) Boundaries.UNITS / CellIndex.PER_DEGREE;
        int[] x = boundaries.x;
        int[] y = boundaries.y;
        for (int run = 0; run < boundaries.runs(); run++) {
            for (int i = boundaries.runFrom[run]; i < boundaries.runTo[run]; i++) {
                int west = (int) Math.floor((Math.min(x[i], x[i + 1]) - 1) / size) + COLUMNS / 2;
                int east = (int) Math.floor((Math.max(x[i], x[i + 1]) + 1) / size) + COLUMNS / 2;
                int south = (int) Math.floor((Math.min(y[i], y[i + 1]) - 1) / size) + ROWS / 2;
                int north = (int) Math.floor((Math.max(y[i], y[i + 1]) + 1) / size) + ROWS / 2;
                for (int row = Math.max(0, south); row <= Math.min(ROWS - 1, north); row++) {
                    touched.set(row * COLUMNS + Math.max(0, west), row * COLUMNS + Math.min(COLUMNS - 1, east) + 1);
                }
            }
        }
    }

    /** Code of the 1° tile, or SPLIT. */
    byte tile(int tile) {
        boolean edges = false;
        for (int cell = 0; cell < CellIndex.CELLS; cell++) {
            edges |= touched.get(row(tile, cell) * COLUMNS + column(tile, cell));
        }
        int code = code(tile, 0, CellIndex.PER_DEGREE, edges);
        return (byte) (code == UNDECIDED ? BoundaryFile.SPLIT : code);
    }

    /** Code of the cell-th cell of a tile. */
    byte cell(int tile, int cell) {
        boolean edges = touched.get(row(tile, cell) * COLUMNS + column(tile, cell));
        int code = code(tile, cell, 1, edges);
        if (code != UNDECIDED) {
            return (byte) code;
        }
        return (byte) (edges ? CellIndex.BORDER : CellIndex.FRINGE);
    }

    private static int row(int tile, int cell) {
        return tile / 360 * CellIndex.PER_DEGREE + cell / CellIndex.PER_DEGREE;
    }

    private static int column(int tile, int cell) {
        return tile % 360 * CellIndex.PER_DEGREE + cell % CellIndex.PER_DEGREE;
    }

    /** Code of the square of size × size cells of the tile whose south-west cell is given. */
    private int code(int tile, int cell, int size, boolean edges) {
        double half = size / 2.0 / CellIndex.PER_DEGREE;
        double latitude = (double) row(tile, cell) / CellIndex.PER_DEGREE - 90 + half;
        double longitude = (double) column(tile, cell) / CellIndex.PER_DEGREE - 180 + half;
        int mask = boundaries.containing(longitude * Boundaries.UNITS, latitude * Boundaries.UNITS);
        int inside = mask == 0 ? Boundaries.NONE : Integer.numberOfTrailingZeros(mask);
        if (!edges && inside != Boundaries.NONE) {
            return inside;
        }
        double px = Sphere.x(latitude, longitude);
        double py = Sphere.y(latitude, longitude);
        double pz = Sphere.z(latitude);
        double reach = Math.sqrt(CellIndex.REACH_SQUARED);
        if (lastTile != tile) {
            // Land beyond these is out of reach of every point of the tile, by more than a tile's radius.
            near = boundaries.within(reach + 3 * TILE, px, py, pz);
            lastTile = tile;
        }
        double[] distance = boundaries.nearest(near, px, py, pz);
        for (int i = 0; i < distance.length; i++) {
            distance[i] = i == inside ? 0 : Math.sqrt(distance[i]);
        }
        // First along the meridian, then along the widest parallel: no shorter than the way to any point.
        double widest = StrictMath.cos(StrictMath.toRadians(Math.max(0, Math.abs(latitude) - half)));
        double radius = StrictMath.toRadians(half) * (1 + widest) + MARGIN;
        double[] sorted = distance.clone();
        Arrays.sort(sorted);
        if (sorted[0] - radius > reach) {
            return Boundaries.NONE;
        }
        if (sorted[0] + radius <= reach && sorted[1] - radius > sorted[0] + radius) {
            for (int i = 0; i < distance.length; i++) {
                if (distance[i] == sorted[0]) {
                    return i;
                }
            }
        }
        return UNDECIDED;
    }
}
