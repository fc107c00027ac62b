package org.offerstorm.core.geo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.locationtech.jts.algorithm.RayCrossingCounter;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.index.strtree.STRtree;

/**
 * The reference for the index: the same edges in JTS, asked one by one. What contains a point is JTS' own exact ray
 * crossing; the nearest land is a scan of all edges whose box, widened by the reach, holds the point.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
final class PlainGeometry {
    private record Edge(int continent, Coordinate from, Coordinate to, double[] ends) {}

    private final STRtree rows = new STRtree();
    private final STRtree reach = new STRtree();
    /** Edges near the poles, where boxes don't help. */
    private final List<Edge> polar = new ArrayList<>();

    PlainGeometry(Boundaries boundaries) {
        for (int run = 0; run < boundaries.runs(); run++) {
            for (int i = boundaries.runFrom[run]; i < boundaries.runTo[run]; i++) {
                add(boundaries, boundaries.runContinent[run], i);
            }
        }
        rows.build();
        reach.build();
    }

    private void add(Boundaries boundaries, int continent, int i) {
        Coordinate a = vertex(boundaries, i);
        Coordinate b = vertex(boundaries, i + 1);
        double[] ends = {
            Sphere.x(a.y, a.x), Sphere.y(a.y, a.x), Sphere.z(a.y), Sphere.x(b.y, b.x), Sphere.y(b.y, b.x), Sphere.z(b.y)
        };
        Edge edge = new Edge(continent, a, b, ends);
        // In the tree x is the latitude, so that a ray along a parallel asks for one value of it.
        rows.insert(new Envelope(a.y, b.y, 0, 0), edge);
        double poleward = Math.max(Math.abs(a.y), Math.abs(b.y)) + 1;
        if (poleward > 86) {
            polar.add(edge);
            return;
        }
        // 1° of latitude is over 111 km, of longitude over 111 km times the cosine.
        Envelope box = new Envelope(a, b);
        box.expandBy(1 / Math.cos(Math.toRadians(poleward)), 1);
        for (int turn = -360; turn <= 360; turn += 360) {
            Envelope moved = new Envelope(box.getMinX() + turn, box.getMaxX() + turn, box.getMinY(), box.getMaxY());
            if (moved.intersects(new Envelope(-180, 180, -90, 90))) {
                reach.insert(moved, edge);
            }
        }
    }

    private static Coordinate vertex(Boundaries boundaries, int i) {
        return new Coordinate((double) boundaries.x[i] / Boundaries.UNITS, (double) boundaries.y[i] / Boundaries.UNITS);
    }

    /**
     * Ordinals of the right answers, one bit each. There are several only for a point exactly on an edge, which JTS calls
     * boundary.
     */
    int classify(double latitude, double longitude) {
        Coordinate point = new Coordinate(longitude == 180 ? -180 : longitude, latitude);
        RayCrossingCounter[] counters = new RayCrossingCounter[Boundaries.CONTINENTS];
        Arrays.setAll(counters, i -> new RayCrossingCounter(point));
        for (Object found : rows.query(new Envelope(latitude, latitude, 0, 0))) {
            Edge edge = (Edge) found;
            counters[edge.continent].countSegment(edge.from, edge.to);
        }
        int inside = 0;
        int boundary = 0;
        for (int i = 0; i < counters.length; i++) {
            inside |= counters[i].getLocation() == Location.INTERIOR ? 1 << i : 0;
            boundary |= counters[i].getLocation() == Location.BOUNDARY ? 1 << i : 0;
        }
        if (inside != 0 || boundary != 0) {
            return inside | boundary;
        }
        return 1 << nearest(latitude, longitude, point);
    }

    private int nearest(double latitude, double longitude, Coordinate point) {
        double px = Sphere.x(latitude, longitude);
        double py = Sphere.y(latitude, longitude);
        double pz = Sphere.z(latitude);
        double[] best = new double[Boundaries.CONTINENTS];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        List<Object> candidates = new ArrayList<>();
        for (Object found : reach.query(new Envelope(point))) {
            candidates.add(found);
        }
        if (Math.abs(latitude) > 83) {
            candidates.addAll(polar);
        }
        for (Object found : candidates) {
            Edge edge = (Edge) found;
            double[] e = edge.ends;
            double squared = Sphere.squaredToSegment(px, py, pz, e[0], e[1], e[2], e[3], e[4], e[5]);
            best[edge.continent] = Math.min(best[edge.continent], squared);
        }
        int nearest = Boundaries.NONE;
        double squared = CellIndex.REACH_SQUARED;
        for (int i = 0; i < best.length; i++) {
            if (best[i] < squared) {
                squared = best[i];
                nearest = i;
            }
        }
        return nearest;
    }
}
