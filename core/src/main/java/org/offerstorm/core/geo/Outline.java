package org.offerstorm.core.geo;

import java.util.ArrayList;
import java.util.List;
import org.offerstorm.core.model.Continent;

/**
 * One closed ring of a continent's boundary, for drawing: an outer shore or that of an inland water, in either direction.
 * Fill all rings of a continent together by the even-odd rule. No ring crosses the antimeridian.
 *
 * @param continent never {@code UNKNOWN}
 * @param longitudes degrees, of each vertex; the last vertex is the first again
 * @param latitudes degrees, of each vertex
 */
@SuppressWarnings({"ArrayRecordComponent", "EnumOrdinal"}) // read once, thrown away; the resource numbers continents so
public record Outline(Continent continent, double[] longitudes, double[] latitudes) {
    /**
     * The boundaries that {@link Continents} classifies by. Each call reads them again: some 100 ms, 30 MB of garbage.
     *
     * @throws IllegalStateException if they are missing: the jar is incomplete
     */
    public static List<Outline> loadAll() {
        Boundaries boundaries = BoundaryFile.read(Continents.resource()).boundaries();
        List<Outline> outlines = new ArrayList<>();
        int from = 0;
        for (int run = 0; run < boundaries.runs(); run++) {
            boolean endsRing = run + 1 == boundaries.runs() || boundaries.runFrom[run + 1] != boundaries.runTo[run];
            if (endsRing) {
                outlines.add(of(boundaries, from, boundaries.runTo[run] + 1, boundaries.runContinent[run]));
                from = boundaries.runTo[run] + 1;
            }
        }
        return outlines;
    }

    private static Outline of(Boundaries boundaries, int from, int to, int continent) {
        double[] longitudes = new double[to - from];
        double[] latitudes = new double[to - from];
        for (int i = from; i < to; i++) {
            longitudes[i - from] = (double) boundaries.x[i] / Boundaries.UNITS;
            latitudes[i - from] = (double) boundaries.y[i] / Boundaries.UNITS;
        }
        return new Outline(Continent.values()[continent], longitudes, latitudes);
    }
}
