package org.offerstorm.core.geo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.commons.csv.CSVRecord;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.index.strtree.STRtree;
import org.offerstorm.core.model.Continent;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Nanoseconds and bytes per point: the index, JTS (STRtree over prepared polygons of the same boundaries; it looks for no
 * nearest land, so it does less) and bounding boxes of the continents (which are often wrong).
 *
 * Times are samples of batches of 256 points: their median stays true on a busy machine.
 *
 * <ul>
 *   <li>{@code offers}: the skew of job offers over the places of test-data/places.csv, by Zipf's law: 70 % exactly at the
 *       place (an office repeated), 25 % up to some kilometres from it, 5 % anywhere on the globe.
 *   <li>{@code places}: those places alike; most are near a border or a coast: the worst kind of input.
 *   <li>{@code sphere}: even on the globe.
 * </ul>
 */
@SuppressWarnings("EnumOrdinal") // the resource numbers the continents as the enum does
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ContinentsBenchmark {
    /** A power of two. */
    private static final int POINTS = 1 << 16;

    private static final int BATCH = 256;
    private static final Continent[] CONTINENTS = Continent.values();

    @Param({"offers", "places", "sphere"})
    public String points;

    private final double[] latitudes = new double[POINTS];
    private final double[] longitudes = new double[POINTS];
    private final STRtree tree = new STRtree();
    private final Envelope[] boxes = new Envelope[Boundaries.CONTINENTS];
    private final GeometryFactory factory = new GeometryFactory();
    private Continents continents;
    private int next;

    private record Part(PreparedGeometry polygon, Continent continent) {}

    /** Prints start-up time and heap of the index, then runs all. */
    public static void main(String[] args) throws RunnerException {
        long start = System.nanoTime();
        Continents continents = Continents.load();
        double millis = (System.nanoTime() - start) / 1e6;
        long used = used();
        continents.classify(1, 1);
        continents = null;
        System.out.printf("start-up in a cold JVM %.0f ms, heap held %.1f MB%n", millis, (used - used()) / 1e6);
        new Runner(new OptionsBuilder()
                        .include(ContinentsBenchmark.class.getSimpleName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Setup
    public void setUp() throws IOException {
        CellIndex index = BoundaryFile.read(Continents.resource());
        continents = new Continents(index);
        List<List<Polygon>> polygons = JtsPolygons.of(index.boundaries());
        for (int i = 0; i < boxes.length; i++) {
            boxes[i] = JtsPolygons.union(polygons.get(i)).getEnvelopeInternal();
            for (Polygon polygon : polygons.get(i)) {
                PreparedGeometry prepared = PreparedGeometryFactory.prepare(polygon);
                tree.insert(polygon.getEnvelopeInternal(), new Part(prepared, CONTINENTS[i]));
            }
        }
        tree.build();
        draw(new SplittableRandom(1), places());
    }

    private void draw(SplittableRandom random, List<double[]> places) {
        double[] weights = new double[places.size()];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += 1.0 / (i + 1);
            weights[i] = sum;
        }
        for (int i = 0; i < POINTS; i++) {
            latitudes[i] = Math.toDegrees(Math.asin(random.nextDouble(-1, 1)));
            longitudes[i] = random.nextDouble(-180, 180);
            double kind = random.nextDouble();
            if (points.equals("sphere") || (points.equals("offers") && kind < 0.05)) {
                continue;
            }
            int drawn = Math.abs(Arrays.binarySearch(weights, random.nextDouble(sum)) + 1);
            double[] place = places.get(points.equals("places") ? random.nextInt(weights.length) : drawn);
            double scatter = points.equals("offers") && kind < 0.3 ? 0.05 : 0;
            latitudes[i] = within(90, place[0] + scatter * random.nextDouble(-1, 1));
            longitudes[i] = within(180, place[1] + scatter * random.nextDouble(-1, 1));
        }
    }

    private static double within(double limit, double value) {
        return Math.max(-limit, Math.min(limit, value));
    }

    /** Shuffled, so that the frequent ones are of every kind. */
    private static List<double[]> places() throws IOException {
        List<double[]> places = new ArrayList<>();
        Path root = Path.of(System.getProperty("offerstorm.root", "."));
        try (InputStream in = Files.newInputStream(root.resolve("test-data/places.csv"))) {
            for (CSVRecord row : Tables.read(in)) {
                double latitude = Double.parseDouble(row.get("latitude"));
                places.add(new double[] {latitude, Double.parseDouble(row.get("longitude"))});
            }
        }
        Collections.shuffle(places, new Random(1));
        return places;
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void index(Blackhole blackhole) {
        for (int i = batch(), end = i + BATCH; i < end; i++) {
            blackhole.consume(continents.classify(latitudes[i], longitudes[i]));
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void jts(Blackhole blackhole) {
        for (int i = batch(), end = i + BATCH; i < end; i++) {
            blackhole.consume(containing(factory.createPoint(new Coordinate(longitudes[i], latitudes[i]))));
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void boxes(Blackhole blackhole) {
        for (int i = batch(), end = i + BATCH; i < end; i++) {
            blackhole.consume(boxed(latitudes[i], longitudes[i]));
        }
    }

    private int batch() {
        next = next + BATCH & POINTS - 1;
        return next;
    }

    private Continent containing(Point point) {
        for (Object found : tree.query(point.getEnvelopeInternal())) {
            Part part = (Part) found;
            if (part.polygon.covers(point)) {
                return part.continent;
            }
        }
        return Continent.UNKNOWN;
    }

    private Continent boxed(double latitude, double longitude) {
        for (int box = 0; box < boxes.length; box++) {
            if (boxes[box].covers(longitude, latitude)) {
                return CONTINENTS[box];
            }
        }
        return Continent.UNKNOWN;
    }
}
