package org.offerstorm.core.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Continent;

/**
 * The index answers exactly as plain geometry over the same edges. The seed is fixed; {@code -Dseed=…} takes another.
 */
@SuppressWarnings("EnumOrdinal") // the resource numbers the continents as the enum does
class ExactnessTest {
    private static final CellIndex INDEX = BoundaryFile.read(Continents.resource());
    private static final Boundaries BOUNDARIES = INDEX.boundaries();
    private static final PlainGeometry PLAIN = new PlainGeometry(BOUNDARIES);
    private static final Continents CONTINENTS = new Continents(INDEX);
    private static final long SEED = Long.getLong("seed", 20260101L);

    @Test
    void at_a_million_random_points() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 1_000_000; i++) {
            // Even on the sphere.
            double latitude = Math.toDegrees(Math.asin(random.nextDouble(-1, 1)));
            check(latitude, random.nextDouble(-180, 180));
        }
    }

    @Test
    void within_a_kilometre_of_60000_places_on_borders_and_coasts() {
        SplittableRandom random = new SplittableRandom(SEED + 1);
        for (int i = 0; i < 60_000; i++) {
            int run = random.nextInt(BOUNDARIES.runs());
            int edge = random.nextInt(BOUNDARIES.runFrom[run], BOUNDARIES.runTo[run]);
            double along = random.nextDouble();
            double longitude = between(BOUNDARIES.x[edge], BOUNDARIES.x[edge + 1], along);
            double latitude = between(BOUNDARIES.y[edge], BOUNDARIES.y[edge + 1], along);
            checkAround(latitude, longitude, random);
        }
    }

    @Test
    void within_a_kilometre_of_40000_places_where_continents_meet() {
        SplittableRandom random = new SplittableRandom(SEED + 2);
        int[] shared = IntStream.range(0, BOUNDARIES.x.length)
                .filter(i -> answersAt(i) > 1)
                .toArray();
        assertThat(shared).hasSizeGreaterThan(1000);
        for (int i = 0; i < 40_000; i++) {
            int vertex = shared[random.nextInt(shared.length)];
            checkAround(degrees(BOUNDARIES.y[vertex]), degrees(BOUNDARIES.x[vertex]), random);
        }
    }

    @Test
    void within_a_kilometre_of_40000_places_on_the_edges_of_cells() {
        SplittableRandom random = new SplittableRandom(SEED + 3);
        for (int i = 0; i < 40_000; i++) {
            boolean meridian = random.nextBoolean();
            double step = 1.0 / CellIndex.PER_DEGREE;
            double latitude = meridian ? random.nextDouble(-90, 90) : random.nextInt(-720, 721) * step;
            double longitude = meridian ? random.nextInt(-1440, 1441) * step : random.nextDouble(-180, 180);
            check(latitude, longitude);
            check(Math.nextUp(latitude), longitude);
            check(latitude, Math.nextDown(longitude));
            checkAround(latitude, longitude, random);
        }
    }

    @Test
    void at_every_other_corner_of_all_cells() {
        for (int row = 0; row <= 180 * CellIndex.PER_DEGREE; row += 2) {
            for (int column = 0; column <= 360 * CellIndex.PER_DEGREE; column += 2) {
                check((double) row / CellIndex.PER_DEGREE - 90, (double) column / CellIndex.PER_DEGREE - 180);
            }
        }
    }

    @Test
    void on_vertices_and_on_points_of_edges() {
        Random random = new Random(SEED);
        for (int i = 0; i < 50_000; i++) {
            int vertex = random.nextInt(BOUNDARIES.x.length);
            check(degrees(BOUNDARIES.y[vertex]), degrees(BOUNDARIES.x[vertex]));
            // On the parallel and on the meridian of a vertex: the ray passes through vertices.
            check(degrees(BOUNDARIES.y[vertex]), degrees(BOUNDARIES.x[vertex]) - random.nextDouble() / 50);
            check(degrees(BOUNDARIES.y[vertex]) - random.nextDouble() / 50, degrees(BOUNDARIES.x[vertex]));
        }
    }

    private static int answersAt(int vertex) {
        return Integer.bitCount(PLAIN.classify(degrees(BOUNDARIES.y[vertex]), degrees(BOUNDARIES.x[vertex])));
    }

    private static double between(int a, int b, double along) {
        return degrees(a) + along * (degrees(b) - degrees(a));
    }

    private static double degrees(int units) {
        return (double) units / Boundaries.UNITS;
    }

    /** At a random point up to 1 km away, closer ones as likely as farther ones by orders of magnitude. */
    private static void checkAround(double latitude, double longitude, SplittableRandom random) {
        double km = Math.pow(10, random.nextDouble(-9, 0));
        double direction = random.nextDouble(2 * Math.PI);
        double north = latitude + km * Math.sin(direction) / 111.2;
        double east = longitude + km * Math.cos(direction) / 111.2 / Math.max(0.01, Math.cos(Math.toRadians(latitude)));
        check(north, east);
    }

    /** A place beyond the ends of the coordinates is moved to the end. */
    private static void check(double anyLatitude, double anyLongitude) {
        double latitude = Math.max(-90, Math.min(90, anyLatitude));
        double longitude = Math.max(-180, Math.min(180, anyLongitude));
        Continent answer = CONTINENTS.classify(latitude, longitude);
        int right = PLAIN.classify(latitude, longitude);
        if ((right & 1 << answer.ordinal()) == 0) {
            assertThat(answer)
                    .as("%s,%s; right answers by bit: %s", latitude, longitude, Integer.toBinaryString(right))
                    .isNull();
        }
    }
}
