package org.offerstorm.core.geo;

import java.util.Arrays;

/**
 * Answers like {@link Boundaries}, but most cells of 1/8° answer at once: all of a cell lies in one continent, or has the
 * same nearest land, or has no land within reach. The others come in two kinds:
 *
 * <ul>
 *   <li>{@link #FRINGE}: open water, some of it within reach of land. The nearest edges decide.
 *   <li>{@link #BORDER}: edges pass through it, and more than one continent is near. The few edges inside it decide what
 *       contains the point; else the nearest edges decide.
 * </ul>
 *
 * In a border cell a path leads from the point eastwards out of the cell, then northwards to the cell's anchor, of which it
 * is known what contains it; every edge that the path crosses changes its continent's bit. Edges that touch no path
 * inside the cell need not be asked. Immutable.
 */
final class CellIndex {
    static final int PER_DEGREE = 8;
    /** Cells of a tile. */
    static final int CELLS = PER_DEGREE * PER_DEGREE;

    static final int FRINGE = 8;
    static final int BORDER = 9;

    /** Land is near up to here. */
    static final double REACH_KM = 100;

    static final double REACH_SQUARED = Sphere.chord(REACH_KM) * Sphere.chord(REACH_KM);

    private static final int COLUMNS = 360;
    private static final int CELL_UNITS = Boundaries.UNITS / PER_DEGREE;
    private static final int NO_ANCHOR = -1;

    private final Boundaries boundaries;
    /** Of each tile a code, or FRINGE + its block in cells. */
    private final char[] tiles;
    /** Of each cell of a split tile a code, or BORDER + the number of the border cell. */
    private final char[] cells;
    /** By block: the runs that are within reach of the tile. */
    private final int[][] runs;

    private final int[] borderFrom;
    private final byte[] borderMask;
    private final int[] borderEdges;
    /** Of each edge: its continent, and 8 if the anchor lies on its left side. */
    private final byte[] borderSides;

    CellIndex(Boundaries boundaries, byte[] tileCodes, byte[] cellCodes) {
        this.boundaries = boundaries;
        tiles = new char[tileCodes.length];
        cells = new char[cellCodes.length];
        int blocks = 0;
        int borders = 0;
        for (int tile = 0; tile < tileCodes.length; tile++) {
            tiles[tile] = (char) (tileCodes[tile] == BoundaryFile.SPLIT ? FRINGE + blocks++ : tileCodes[tile]);
        }
        int[] borderCells = new int[cellCodes.length];
        for (int tile = 0; tile < tileCodes.length; tile++) {
            for (int i = 0; i < CELLS && tiles[tile] >= FRINGE; i++) {
                int at = (tiles[tile] - FRINGE) * CELLS + i;
                cells[at] = (char) cellCodes[at];
                if (cellCodes[at] == BORDER) {
                    borderCells[borders] = tile * CELLS + i;
                    cells[at] = (char) (BORDER + borders++);
                }
            }
        }
        runs = RunsNearTiles.find(boundaries, tiles, cells);
        borderFrom = new int[borders + 1];
        borderMask = new byte[borders];
        int[] edges = new int[1024];
        byte[] sides = new byte[edges.length];
        int count = 0;
        for (int border = 0; border < borders; border++) {
            int tile = borderCells[border] / CELLS;
            int cell = borderCells[border] % CELLS;
            int west = (tile % COLUMNS - 180) * Boundaries.UNITS + cell % PER_DEGREE * CELL_UNITS;
            int south = (tile / COLUMNS - 90) * Boundaries.UNITS + cell / PER_DEGREE * CELL_UNITS;
            double anchorX = anchor(west);
            double anchorY = anchor(south);
            int mask = boundaries.containing(anchorX, anchorY);
            for (int run : runs[tiles[tile] - FRINGE]) {
                for (int i = boundaries.runFrom[run]; i < boundaries.runTo[run]; i++) {
                    if (!touches(i, west, south)) {
                        continue;
                    }
                    int side = side(i, anchorX, anchorY);
                    if (side == 0) {
                        mask = NO_ANCHOR;
                    }
                    if (count == edges.length) {
                        edges = Arrays.copyOf(edges, 2 * count);
                        sides = Arrays.copyOf(sides, 2 * count);
                    }
                    edges[count] = i;
                    sides[count++] = (byte) (boundaries.runContinent[run] | (side > 0 ? 8 : 0));
                }
            }
            borderMask[border] = (byte) mask;
            borderFrom[border + 1] = count;
        }
        borderEdges = Arrays.copyOf(edges, count);
        borderSides = Arrays.copyOf(sides, count);
    }

    Boundaries boundaries() {
        return boundaries;
    }

    /** Half a unit outside the cell, where no vertex can lie. */
    private static double anchor(int lowerBound) {
        return lowerBound + CELL_UNITS + 0.5;
    }

    private boolean touches(int i, int west, int south) {
        int[] x = boundaries.x;
        int[] y = boundaries.y;
        return Math.max(x[i], x[i + 1]) >= west - 1
                && Math.min(x[i], x[i + 1]) <= west + CELL_UNITS + 1
                && Math.max(y[i], y[i + 1]) >= south - 1
                && Math.min(y[i], y[i + 1]) <= south + CELL_UNITS + 1;
    }

    private int side(int i, double px, double py) {
        int[] x = boundaries.x;
        int[] y = boundaries.y;
        return Orientation.sign(x[i], y[i], x[i + 1], y[i + 1], px, py);
    }

    /**
     * The answer for a point.
     *
     * @param latitude -90 to 90
     * @param longitude -180 to below 180
     * @return ordinal of the continent, or {@link Boundaries#NONE}
     */
    int classify(double latitude, double longitude) {
        int column = Math.min((int) ((longitude + 180) * PER_DEGREE), COLUMNS * PER_DEGREE - 1);
        int row = Math.min((int) ((latitude + 90) * PER_DEGREE), 180 * PER_DEGREE - 1);
        int tile = tiles[row / PER_DEGREE * COLUMNS + column / PER_DEGREE];
        if (tile < FRINGE) {
            return tile;
        }
        int cell = cells[(tile - FRINGE) * CELLS + row % PER_DEGREE * PER_DEGREE + column % PER_DEGREE];
        if (cell < FRINGE) {
            return cell;
        }
        if (cell >= BORDER) {
            int mask = containing(cell - BORDER, column, longitude * Boundaries.UNITS, latitude * Boundaries.UNITS);
            if (mask != 0) {
                return Integer.numberOfTrailingZeros(mask);
            }
        }
        return nearest(runs[tile - FRINGE], latitude, longitude);
    }

    private int containing(int border, int column, double px, double py) {
        int mask = borderMask[border];
        double east = anchor((column - 180 * PER_DEGREE) * CELL_UNITS);
        if (mask == NO_ANCHOR) {
            return boundaries.containing(px, py);
        }
        int[] x = boundaries.x;
        int[] y = boundaries.y;
        for (int at = borderFrom[border]; at < borderFrom[border + 1]; at++) {
            int i = borderEdges[at];
            int bit = 1 << (borderSides[at] & 7);
            boolean crossesRow = (y[i] <= py) != (y[i + 1] <= py);
            boolean crossesColumn = (x[i] <= east) != (x[i + 1] <= east);
            if (crossesRow && boundaries.passesEast(i, px, py) != boundaries.passesEast(i, east, py)) {
                mask ^= bit;
            }
            if (crossesColumn) {
                int side = side(i, east, py);
                if (side == 0) {
                    // The path's corner lies on the edge, so the side that the path takes is unknown.
                    return boundaries.containing(px, py);
                }
                if (side > 0 != borderSides[at] >= 8) {
                    mask ^= bit;
                }
            }
        }
        return mask;
    }

    private int nearest(int[] candidates, double latitude, double longitude) {
        double px = Sphere.x(latitude, longitude);
        double py = Sphere.y(latitude, longitude);
        double pz = Sphere.z(latitude);
        int continent = Boundaries.NONE;
        double squared = REACH_SQUARED;
        double distance = Math.sqrt(squared);
        for (int run : candidates) {
            if (boundaries.toCentre(run, px, py, pz) - boundaries.radius(run) > distance) {
                continue;
            }
            double found = boundaries.squaredTo(run, px, py, pz);
            int other = boundaries.runContinent[run];
            if (found < squared || (found == squared && other < continent)) {
                squared = found;
                distance = Math.sqrt(squared);
                continent = other;
            }
        }
        return continent;
    }
}
