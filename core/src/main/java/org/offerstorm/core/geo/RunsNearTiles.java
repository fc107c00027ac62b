package org.offerstorm.core.geo;

import java.util.Arrays;

/** Finds for each split tile the runs of edges that have land within reach of it. Used once, at start. */
final class RunsNearTiles {
    private static final int COLUMNS = 360;
    private static final int ROWS = 180;
    /** Half a tile's diagonal at the equator is 78.63 km. */
    private static final double HALF_TILE = Sphere.chord(79);

    private RunsNearTiles() {}

    /**
     * The runs by block of cells.
     *
     * @param tiles FRINGE + block for a split tile
     * @param cells codes of the blocks' cells
     * @return by block; empty where all cells of the tile answer at once
     */
    static int[][] find(Boundaries boundaries, char[] tiles, char[] cells) {
        int blocks = cells.length / CellIndex.CELLS;
        int[] tileOf = new int[blocks];
        boolean[] asks = new boolean[blocks];
        for (int tile = 0; tile < tiles.length; tile++) {
            if (tiles[tile] >= CellIndex.FRINGE) {
                tileOf[tiles[tile] - CellIndex.FRINGE] = tile;
            }
        }
        for (int at = 0; at < cells.length; at++) {
            asks[at / CellIndex.CELLS] |= cells[at] >= CellIndex.FRINGE;
        }
        double[] x = new double[blocks];
        double[] y = new double[blocks];
        double[] z = new double[blocks];
        for (int block = 0; block < blocks; block++) {
            int row = tileOf[block] / COLUMNS;
            double latitude = row - 89.5;
            double longitude = tileOf[block] % COLUMNS - 179.5;
            x[block] = Sphere.x(latitude, longitude);
            y[block] = Sphere.y(latitude, longitude);
            z[block] = Sphere.z(latitude);
        }
        int[][] found = new int[blocks][8];
        int[] count = new int[blocks];
        double reach = Math.sqrt(CellIndex.REACH_SQUARED) + HALF_TILE;
        for (int run = 0; run < boundaries.runs(); run++) {
            double limit = reach + boundaries.radius(run);
            int first = boundaries.runFrom[run];
            // Two degrees of latitude to each side hold 100 km and a run; so do, in longitude, two over the cosine.
            int south = row(boundaries, first) - margin(boundaries, run);
            int north = row(boundaries, first) + margin(boundaries, run);
            for (int row = Math.max(0, south); row <= Math.min(ROWS - 1, north); row++) {
                int width = width(row, north - south);
                int column = Math.floorDiv(boundaries.x[first], Boundaries.UNITS) + 180;
                for (int c = column - width; c <= column + width; c++) {
                    int tile = tiles[row * COLUMNS + Math.floorMod(c, COLUMNS)] - CellIndex.FRINGE;
                    if (tile >= 0
                            && asks[tile]
                            && boundaries.toCentre(run, x[tile], y[tile], z[tile]) <= limit
                            && (count[tile] == 0 || found[tile][count[tile] - 1] != run)) {
                        if (count[tile] == found[tile].length) {
                            found[tile] = Arrays.copyOf(found[tile], 2 * count[tile]);
                        }
                        found[tile][count[tile]++] = run;
                    }
                }
            }
        }
        for (int block = 0; block < blocks; block++) {
            found[block] = Arrays.copyOf(found[block], count[block]);
        }
        return found;
    }

    private static int row(Boundaries boundaries, int vertex) {
        return Math.min(ROWS - 1, Math.floorDiv(boundaries.y[vertex], Boundaries.UNITS) + 90);
    }

    /** Tiles north and south of a run's first vertex that may be within reach: 100 km, the run's diameter, and one. */
    private static int margin(Boundaries boundaries, int run) {
        double km = CellIndex.REACH_KM + Sphere.km(2 * boundaries.radius(run));
        return (int) (km / 111) + 1;
    }

    /** Likewise east and west, where degrees are shorter; near the pole all round. */
    private static int width(int row, int height) {
        double latitude = Math.min(90, Math.max(Math.abs(row - 90), Math.abs(row - 89)) + height);
        double cosine = StrictMath.cos(StrictMath.toRadians(latitude));
        return cosine < 0.03 ? COLUMNS / 2 : Math.min(COLUMNS / 2, (int) (height / cosine) + 1);
    }
}
