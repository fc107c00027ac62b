package org.offerstorm.dashboard.map;

import java.util.List;

/** Collects a path in SVG's notation: tenths, relative to the point before. */
final class SvgPath {
    private final StringBuilder out = new StringBuilder();
    private long x;
    private long y;

    void ring(Ring ring) {
        line(ring.points().subList(0, ring.points().size() - 1));
        out.append('z');
    }

    /** The ring without its artificial edges. */
    void shore(Ring ring) {
        List<double[]> points = ring.points();
        boolean drawing = false;
        for (int i = 0; i + 1 < points.size(); i++) {
            if (ring.artificial().get(i)) {
                drawing = false;
            } else {
                if (!drawing) {
                    move(points.get(i));
                    drawing = true;
                }
                draw(points.get(i + 1));
            }
        }
    }

    void line(List<double[]> points) {
        move(points.get(0));
        points.subList(1, points.size()).forEach(this::draw);
    }

    String close() {
        return out.append('z').toString();
    }

    String text() {
        return out.toString();
    }

    private void move(double[] point) {
        x = Math.round(point[0] * 10);
        y = Math.round(point[1] * 10);
        out.append('M');
        tenths(x);
        out.append(' ');
        tenths(y);
    }

    private void draw(double[] point) {
        long nextX = Math.round(point[0] * 10);
        long nextY = Math.round(point[1] * 10);
        if (nextX != x || nextY != y) {
            out.append('l');
            tenths(nextX - x);
            out.append(' ');
            tenths(nextY - y);
            x = nextX;
            y = nextY;
        }
    }

    private void tenths(long n) {
        if (n < 0) {
            out.append('-');
        }
        long abs = Math.abs(n);
        out.append(abs / 10);
        if (abs % 10 != 0) {
            out.append('.').append(abs % 10);
        }
    }
}
