package org.offerstorm.dashboard.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.offerstorm.core.model.Continent;

/** The drawn map against the world. */
class WorldMapTest {
    private static WorldMap map;

    @BeforeAll
    static void draw() {
        map = WorldMap.draw();
    }

    /** Land in million km², Antarctica without its ice shelves; the projection keeps areas, so shares of the sphere are true. */
    @ParameterizedTest
    @CsvSource({"AF, 30.4", "AN, 12.3", "AS, 44.6", "NA, 24.5", "SA, 17.8", "EU, 10.2"})
    void each_continent_has_its_share_of_the_sphere(Continent continent, double millionKm2) {
        double share = area(map.shapes().get(continent)) / area(map.sphere());

        assertThat(share).isCloseTo(millionKm2 / 510.1, within(0.06 * millionKm2 / 510.1));
    }

    @Test
    void every_continent_is_drawn_within_the_frame() {
        assertThat(map.shapes()).hasSize(7).doesNotContainKey(Continent.UNKNOWN);
        map.shapes()
                .values()
                .forEach(path -> points(path, (x, y, begins) -> {
                    assertThat(x).isBetween(-8.0, map.width() + 8);
                    assertThat(y).isBetween(-1.0, map.height() + 1);
                }));
    }

    @Test
    void a_point_on_the_central_meridian_and_the_equator_stands_in_the_middle() {
        assertThat(WorldMap.point(0, 11)).containsExactly(new double[] {500, 243.3}, within(0.5));
    }

    @Test
    void the_seam_is_no_shore() {
        Map<Continent, Integer> shoreLength = new EnumMap<>(Continent.class);
        map.shores()
                .forEach((continent, path) -> points(path, (x, y, begins) -> {
                    if (!begins && continent == Continent.AN && y > map.height() - 0.5) {
                        shoreLength.merge(continent, 1, Integer::sum);
                    }
                }));
        assertThat(shoreLength)
                .as("vertices of a shore on the south pole's edge")
                .isEmpty();
    }

    private interface Visitor {
        void visit(double x, double y, boolean begins);
    }

    private static void points(String path, Visitor visitor) {
        double[] at = new double[2];
        for (MatchResult step : Pattern.compile("([Ml])(-?[0-9.]+) (-?[0-9.]+)|z")
                .matcher(path)
                .results()
                .toList()) {
            if (step.group(1) != null) {
                boolean begins = step.group(1).equals("M");
                at[0] = Double.parseDouble(step.group(2)) + (begins ? 0 : at[0]);
                at[1] = Double.parseDouble(step.group(3)) + (begins ? 0 : at[1]);
                visitor.visit(at[0], at[1], begins);
            }
        }
    }

    /** Pixels, filled by the even-odd rule as browsers do. */
    private static double area(String path) {
        Path2D shape = new Path2D.Double(Path2D.WIND_EVEN_ODD);
        points(path, (x, y, begins) -> {
            if (begins) {
                shape.moveTo(x, y);
            } else {
                shape.lineTo(x, y);
            }
        });
        BufferedImage image = new BufferedImage(1_020, 500, BufferedImage.TYPE_BYTE_BINARY);
        Graphics2D graphics = image.createGraphics();
        graphics.fill(shape);
        graphics.dispose();
        double pixels = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                pixels += (image.getRGB(x, y) & 1);
            }
        }
        return pixels;
    }
}
