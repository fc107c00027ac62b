package org.offerstorm.core.geo;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.polygonize.Polygonizer;

/** The boundaries as polygons of JTS, for the benchmark's baselines. */
final class JtsPolygons {
    private JtsPolygons() {}

    /** The polygons of each continent, by ordinal, their lakes cut out. */
    static List<List<Polygon>> of(Boundaries boundaries) {
        GeometryFactory factory = new GeometryFactory();
        List<List<Polygon>> continents = new ArrayList<>();
        for (int continent = 0; continent < Boundaries.CONTINENTS; continent++) {
            Polygonizer polygonizer = new Polygonizer(true);
            List<Coordinate> ring = new ArrayList<>();
            for (int run = 0; run < boundaries.runs(); run++) {
                if (boundaries.runContinent[run] != continent) {
                    continue;
                }
                for (int i = boundaries.runFrom[run]; i < boundaries.runTo[run]; i++) {
                    ring.add(vertex(boundaries, i));
                }
                Coordinate end = vertex(boundaries, boundaries.runTo[run]);
                if (end.equals2D(ring.get(0))) {
                    ring.add(end);
                    polygonizer.add(factory.createLinearRing(ring.toArray(Coordinate[]::new)));
                    ring.clear();
                }
            }
            List<Polygon> polygons = new ArrayList<>();
            for (Object polygon : polygonizer.getPolygons()) {
                polygons.add((Polygon) polygon);
            }
            continents.add(polygons);
        }
        return continents;
    }

    static Geometry union(List<Polygon> polygons) {
        return new GeometryFactory().createMultiPolygon(polygons.toArray(Polygon[]::new));
    }

    private static Coordinate vertex(Boundaries boundaries, int i) {
        return new Coordinate((double) boundaries.x[i] / Boundaries.UNITS, (double) boundaries.y[i] / Boundaries.UNITS);
    }
}
