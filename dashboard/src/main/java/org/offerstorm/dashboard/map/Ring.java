package org.offerstorm.dashboard.map;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.offerstorm.core.geo.Outline;

/**
 * A closed ring of points.
 *
 * @param points x, y; the last is the first again
 * @param artificial bit i: the edge (i, i + 1) is no shore, but the antimeridian, the pole or the seam
 */
record Ring(List<double[]> points, BitSet artificial) {
    private static final double ANTIMERIDIAN = 180;
    private static final double POLE = 89.9;
    private static final double SAME = 1e-9;

    static Ring of(Outline outline) {
        List<double[]> points = new ArrayList<>(outline.longitudes().length);
        BitSet artificial = new BitSet();
        for (int i = 0; i < outline.longitudes().length; i++) {
            double[] point = {outline.longitudes()[i], outline.latitudes()[i]};
            if (i > 0 && isArtificial(points.get(i - 1), point)) {
                artificial.set(i - 1);
            }
            points.add(point);
        }
        return new Ring(points, artificial);
    }

    private static boolean isArtificial(double[] a, double[] b) {
        return (Math.abs(a[0]) == ANTIMERIDIAN && a[0] == b[0]) || (Math.abs(a[1]) > POLE && Math.abs(b[1]) > POLE);
    }

    /** With the seam elsewhere: what lies west of it moves to the east. Rings wider than {@code cut} are cut there. */
    List<Ring> turned(double seam, double cut) {
        double west = Double.POSITIVE_INFINITY;
        double east = Double.NEGATIVE_INFINITY;
        for (double[] point : points) {
            west = Math.min(west, point[0]);
            east = Math.max(east, point[0]);
        }
        if (west < seam && east > seam && east - west > cut) {
            return List.of(side(seam, 1), side(seam, -1).moved(360));
        }
        return List.of((west + east) / 2 < seam ? moved(360) : this);
    }

    private Ring moved(double by) {
        return new Ring(
                points.stream()
                        .map(point -> new double[] {point[0] + by, point[1]})
                        .toList(),
                artificial);
    }

    /** The part on one side of a meridian (Sutherland and Hodgman's clipping at one edge). */
    private Ring side(double meridian, int sign) {
        List<double[]> kept = new ArrayList<>();
        for (int i = 0; i + 1 < points.size(); i++) {
            double[] a = points.get(i);
            double[] b = points.get(i + 1);
            boolean aIn = sign * (a[0] - meridian) >= 0;
            boolean bIn = sign * (b[0] - meridian) >= 0;
            if (aIn) {
                kept.add(a);
            }
            if (aIn != bIn) {
                double t = (meridian - a[0]) / (b[0] - a[0]);
                kept.add(new double[] {meridian, a[1] + t * (b[1] - a[1])});
            }
        }
        kept.add(kept.get(0));
        BitSet edges = new BitSet();
        for (int i = 0; i + 1 < kept.size(); i++) {
            double[] a = kept.get(i);
            double[] b = kept.get(i + 1);
            boolean alongCut = Math.abs(a[0] - meridian) < SAME && Math.abs(b[0] - meridian) < SAME;
            edges.set(i, alongCut || isArtificial(a, b));
        }
        return new Ring(kept, edges);
    }

    Ring projected(double centre, double scale, double middleX, double middleY) {
        return new Ring(
                points.stream()
                        .map(point -> new double[] {
                            middleX + scale * EqualEarth.x(point[0] - centre, point[1]),
                            middleY - scale * EqualEarth.y(point[1])
                        })
                        .toList(),
                artificial);
    }

    double area() {
        double sum = 0;
        for (int i = 0; i + 1 < points.size(); i++) {
            double[] a = points.get(i);
            double[] b = points.get(i + 1);
            sum += a[0] * b[1] - b[0] * a[1];
        }
        return Math.abs(sum) / 2;
    }

    /** Fewer points, none further off than {@code tolerance} (Douglas and Peucker's algorithm). */
    Ring simplified(double tolerance) {
        int last = points.size() - 1;
        BitSet keep = new BitSet();
        keep.set(0);
        keep.set(last);
        int far = 0;
        for (int i = 1; i < last; i++) {
            if (distance(points.get(i), points.get(0), points.get(0))
                    > distance(points.get(far), points.get(0), points.get(0))) {
                far = i;
            }
            if (artificial.get(i - 1) != artificial.get(i)) {
                keep.set(i); // where the shore meets the seam
            }
        }
        keep.set(far);
        for (int from = 0; from < last; ) {
            int to = keep.nextSetBit(from + 1);
            thin(from, to, tolerance, keep);
            from = to;
        }
        List<double[]> kept = new ArrayList<>();
        BitSet edges = new BitSet();
        for (int i = keep.nextSetBit(0); i >= 0; i = keep.nextSetBit(i + 1)) {
            if (i < last) {
                edges.set(kept.size(), artificial.get(i));
            }
            kept.add(points.get(i));
        }
        return new Ring(kept, edges);
    }

    private void thin(int from, int to, double tolerance, BitSet keep) {
        int farthest = -1;
        double most = tolerance;
        for (int i = from + 1; i < to; i++) {
            double distance = distance(points.get(i), points.get(from), points.get(to));
            if (distance > most) {
                most = distance;
                farthest = i;
            }
        }
        if (farthest > 0) {
            keep.set(farthest);
            thin(from, farthest, tolerance, keep);
            thin(farthest, to, tolerance, keep);
        }
    }

    /** Of a point and the segment a–b. */
    private static double distance(double[] p, double[] a, double[] b) {
        double ex = b[0] - a[0];
        double ey = b[1] - a[1];
        double length = ex * ex + ey * ey;
        double t = length == 0 ? 0 : ((p[0] - a[0]) * ex + (p[1] - a[1]) * ey) / length;
        double s = Math.max(0, Math.min(1, t));
        return Math.hypot(p[0] - a[0] - s * ex, p[1] - a[1] - s * ey);
    }
}
