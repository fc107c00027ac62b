package org.offerstorm.dashboard.map;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.geo.Outline;
import org.offerstorm.core.model.Continent;

/**
 * The map as SVG paths. The seam lies at 169° W, in the Bering Strait, so that Asia is whole.
 *
 * @param width of the drawing
 * @param height of the drawing
 * @param sphere outline of the world
 * @param graticule meridians and parallels
 * @param shapes continent to its area
 * @param shores continent to its visible outline, without the edges along the seam
 */
public record WorldMap(
        double width,
        double height,
        String sphere,
        String graticule,
        Map<Continent, String> shapes,
        Map<Continent, String> shores) {
    private static final double WIDTH = 1_000;
    private static final double SCALE = WIDTH / (2 * EqualEarth.MAX_X);
    private static final double HEIGHT = 2 * EqualEarth.MAX_Y * SCALE;
    private static final double CENTRE = 11;
    private static final double SEAM = CENTRE - 180;
    /** Detail that is smaller does not show. */
    private static final double TOLERANCE = 0.3;

    private static final double SMALLEST_AREA = 0.6;
    /** A ring so wide that crosses the seam is cut; a smaller one may reach over the edge. */
    private static final double CUT = 30;

    /** Draws it; some 100 ms. */
    public static WorldMap draw() {
        Map<Continent, SvgPath> shapes = new EnumMap<>(Continent.class);
        Map<Continent, SvgPath> shores = new EnumMap<>(Continent.class);
        for (Outline outline : Outline.loadAll()) {
            for (Ring ring : Ring.of(outline).turned(SEAM, CUT)) {
                Ring drawn =
                        ring.projected(CENTRE, SCALE, WIDTH / 2, HEIGHT / 2).simplified(TOLERANCE);
                if (drawn.area() >= SMALLEST_AREA) {
                    shapes.computeIfAbsent(outline.continent(), c -> new SvgPath())
                            .ring(drawn);
                    shores.computeIfAbsent(outline.continent(), c -> new SvgPath())
                            .shore(drawn);
                }
            }
        }
        return new WorldMap(WIDTH, Math.ceil(HEIGHT), drawSphere(), drawGraticule(), texts(shapes), texts(shores));
    }

    /** Where a point is drawn. */
    public static double[] point(double latitude, double longitude) {
        return new double[] {
            WIDTH / 2 + SCALE * EqualEarth.x(longitude - CENTRE, latitude), HEIGHT / 2 - SCALE * EqualEarth.y(latitude)
        };
    }

    private static String drawSphere() {
        SvgPath path = new SvgPath();
        List<double[]> points = new ArrayList<>();
        for (int latitude = -90; latitude <= 90; latitude += 3) {
            points.add(point(latitude, CENTRE + 180));
        }
        for (int latitude = 90; latitude >= -90; latitude -= 3) {
            points.add(point(latitude, CENTRE - 180));
        }
        path.line(points);
        return path.close();
    }

    private static String drawGraticule() {
        SvgPath path = new SvgPath();
        for (int longitude = -150; longitude <= 180; longitude += 30) {
            List<double[]> points = new ArrayList<>();
            for (int latitude = -90; latitude <= 90; latitude += 3) {
                points.add(point(latitude, longitude < SEAM ? longitude + 360 : longitude));
            }
            path.line(points);
        }
        for (int latitude = -60; latitude <= 60; latitude += 30) {
            path.line(List.of(point(latitude, CENTRE - 180), point(latitude, CENTRE + 180)));
        }
        return path.text();
    }

    private static Map<Continent, String> texts(Map<Continent, SvgPath> paths) {
        Map<Continent, String> texts = new EnumMap<>(Continent.class);
        paths.forEach((continent, path) -> texts.put(continent, path.text()));
        return texts;
    }
}
