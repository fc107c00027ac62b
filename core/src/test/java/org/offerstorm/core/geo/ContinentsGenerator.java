package org.offerstorm.core.geo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;
import org.locationtech.jts.coverage.CoverageSimplifier;
import org.locationtech.jts.coverage.CoverageValidator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateList;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.UnaryUnionNG;
import org.offerstorm.core.model.Continent;

/**
 * Makes the boundary resource from the npm tarball and the four hand-written tables next to this class: the continent of
 * each country (countries.csv), of parts of countries far from home (parts.csv), the lines that cut a country in two
 * (continent-cuts.geojson), and islands that the source lacks (islets.csv). The same input gives the same bytes. See docs/continents.md.
 */
@SuppressWarnings("EnumOrdinal") // the resource numbers the continents as the enum does
final class ContinentsGenerator {
    /**
     * Corners of the shore whose triangle is smaller than the square of this are left out; in degrees. Borders between
     * continents keep every corner.
     */
    private static final double TOLERANCE = 0.02;

    /** Islands up to this area keep their shape; in square degrees. */
    private static final double SMALL = 4 * TOLERANCE * TOLERANCE;

    /** Longest edge in units, a quarter of a degree: see {@link CellCoder}. */
    private static final int LONGEST = Boundaries.UNITS / 4;

    private final Map<Continent, List<Geometry>> pieces = new EnumMap<>(Continent.class);
    private final Map<String, String> continents = new HashMap<>();
    private final List<CSVRecord> parts = Tables.read("parts.csv");
    private final JsonNode cuts;

    private ContinentsGenerator() throws IOException {
        for (CSVRecord row : Tables.read("countries.csv")) {
            continents.put(row.get("id").isEmpty() ? row.get("name") : row.get("id"), row.get("continent"));
        }
        try (InputStream in = ContinentsGenerator.class.getResourceAsStream("continent-cuts.geojson")) {
            cuts = new ObjectMapper().readTree(in).get("features");
        }
    }

    /** Arguments: the tarball, the file to write. */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage: ContinentsGenerator world-atlas-2.0.2.tgz continents.bin");
            System.exit(2);
        }
        long start = System.nanoTime();
        byte[] bytes = generate(Path.of(args[0]));
        Files.write(Path.of(args[1]), bytes);
        System.out.printf(
                "%s: %d bytes, SHA-256 %s, in %.1f s%n",
                args[1], bytes.length, NpmPackage.sha256(bytes), (System.nanoTime() - start) / 1e9);
    }

    static byte[] generate(Path tarball) throws IOException {
        ContinentsGenerator generator = new ContinentsGenerator();
        for (WorldAtlas.Country country : WorldAtlas.read(tarball)) {
            generator.add(country);
        }
        for (CSVRecord islet : Tables.read("islets.csv")) {
            double latitude = Double.parseDouble(islet.get("latitude"));
            double longitude = Double.parseDouble(islet.get("longitude"));
            generator.put(
                    islet.get("continent"), WorldAtlas.islet(new Envelope(longitude, longitude, latitude, latitude)));
        }
        return generator.write();
    }

    private void add(WorldAtlas.Country country) {
        String continent = continents.get(country.id().isEmpty() ? country.name() : country.id());
        if (continent == null) {
            throw new IllegalStateException("countries.csv has no continent for " + country);
        }
        List<Geometry> home = new ArrayList<>();
        for (Polygon part : country.parts()) {
            String own = partsContinent(country.id(), part);
            if (own != null) {
                put(own, part);
            } else {
                home.add(part);
            }
        }
        Geometry rest = union(home);
        for (JsonNode cut : cuts) {
            if (!names(cut, country.id())) {
                continue;
            }
            Geometry outline = outline(cut);
            if (cut.at("/properties/kind").asText().equals("fill")) {
                rest = OverlayNG.overlay(rest, outline, OverlayNG.UNION, WorldAtlas.GRID);
            }
        }
        for (JsonNode cut : cuts) {
            if (names(cut, country.id()) && cut.at("/properties/kind").asText().equals("cut")) {
                Geometry outline = outline(cut);
                put(
                        cut.at("/properties/continent").asText(),
                        OverlayNG.overlay(rest, outline, OverlayNG.INTERSECTION, WorldAtlas.GRID));
                rest = OverlayNG.overlay(rest, outline, OverlayNG.DIFFERENCE, WorldAtlas.GRID);
            }
        }
        put(continent, rest);
    }

    private static boolean names(JsonNode cut, String id) {
        for (JsonNode country : cut.at("/properties/countries")) {
            if (country.asText().equals(id)) {
                return true;
            }
        }
        return false;
    }

    private String partsContinent(String id, Polygon part) {
        Coordinate centre = part.getEnvelopeInternal().centre();
        for (CSVRecord row : parts) {
            Envelope box = new Envelope(
                    Double.parseDouble(row.get("west")),
                    Double.parseDouble(row.get("east")),
                    Double.parseDouble(row.get("south")),
                    Double.parseDouble(row.get("north")));
            if (row.get("id").equals(id) && box.contains(centre)) {
                return row.get("continent");
            }
        }
        return null;
    }

    private void put(String continent, Geometry geometry) {
        pieces.computeIfAbsent(Continent.valueOf(continent), c -> new ArrayList<>())
                .add(geometry);
    }

    private static Geometry union(List<Geometry> geometries) {
        return UnaryUnionNG.union(geometries, WorldAtlas.FACTORY, WorldAtlas.GRID);
    }

    private static Geometry outline(JsonNode cut) {
        CoordinateList coordinates = new CoordinateList();
        for (JsonNode at : cut.at("/geometry/coordinates/0")) {
            Coordinate corner =
                    new Coordinate(at.get(0).doubleValue(), at.get(1).doubleValue());
            WorldAtlas.GRID.makePrecise(corner);
            coordinates.add(corner);
        }
        return WorldAtlas.FACTORY.createPolygon(coordinates.toCoordinateArray());
    }

    private byte[] write() {
        Geometry[] coverage = new Geometry[Boundaries.CONTINENTS];
        Geometry taken = WorldAtlas.FACTORY.createPolygon();
        for (int i = 0; i < coverage.length; i++) {
            // No place twice: where neighbours overlap by a unit of the grid the earlier continent has it.
            coverage[i] = OverlayNG.overlay(
                    union(pieces.get(Continent.values()[i])), taken, OverlayNG.DIFFERENCE, WorldAtlas.GRID);
            taken = OverlayNG.overlay(taken, coverage[i], OverlayNG.UNION, WorldAtlas.GRID);
        }
        require(coverage, "after the union");
        Geometry[] simple = CoverageSimplifier.simplifyOuter(coverage, TOLERANCE);
        for (int i = 0; i < simple.length; i++) {
            List<Geometry> whole = islands(coverage[i]);
            whole.add(simple[i]);
            simple[i] = withShortEdges(union(whole));
        }
        require(simple, "after the simplification");
        return rings(simple);
    }

    /** Polygons so small that the simplification may drop them. They stay as they are: a remote island has 100 km about it. */
    private static List<Geometry> islands(Geometry continent) {
        List<Geometry> islands = new ArrayList<>();
        for (int i = 0; i < continent.getNumGeometries(); i++) {
            if (continent.getGeometryN(i).getArea() <= SMALL) {
                islands.add(continent.getGeometryN(i));
            }
        }
        return islands;
    }

    private static void require(Geometry[] coverage, String when) {
        for (Geometry continent : coverage) {
            if (!continent.isValid()) {
                throw new IllegalStateException("a continent is not valid " + when);
            }
        }
        Geometry[] faults = CoverageValidator.validate(coverage);
        if (CoverageValidator.hasInvalidResult(faults)) {
            throw new IllegalStateException(
                    "continents overlap or don't meet exactly " + when + ": " + Arrays.toString(faults));
        }
    }

    private static Geometry withShortEdges(Geometry geometry) {
        List<Polygon> polygons = new ArrayList<>();
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            Polygon polygon = (Polygon) geometry.getGeometryN(i);
            LinearRing[] holes = new LinearRing[polygon.getNumInteriorRing()];
            for (int hole = 0; hole < holes.length; hole++) {
                holes[hole] = withShortEdges(polygon.getInteriorRingN(hole));
            }
            polygons.add(WorldAtlas.FACTORY.createPolygon(withShortEdges(polygon.getExteriorRing()), holes));
        }
        return WorldAtlas.FACTORY.createMultiPolygon(polygons.toArray(Polygon[]::new));
    }

    private static LinearRing withShortEdges(LinearRing ring) {
        CoordinateList coordinates = new CoordinateList();
        Coordinate[] old = ring.getCoordinates();
        coordinates.add(old[0]);
        for (int i = 1; i < old.length; i++) {
            // From the lesser end, so that both neighbours of an edge put the same points on it.
            boolean forward = old[i - 1].compareTo(old[i]) < 0;
            Coordinate a = forward ? old[i - 1] : old[i];
            Coordinate b = forward ? old[i] : old[i - 1];
            double longest = Math.max(Math.abs(b.x - a.x), Math.abs(b.y - a.y)) * Boundaries.UNITS;
            int steps = (int) Math.ceil(longest / LONGEST);
            for (int step = 1; step < steps; step++) {
                double share = (double) (forward ? step : steps - step) / steps;
                Coordinate between = new Coordinate(a.x + share * (b.x - a.x), a.y + share * (b.y - a.y));
                WorldAtlas.GRID.makePrecise(between);
                coordinates.add(between);
            }
            coordinates.add(old[i]);
        }
        return WorldAtlas.FACTORY.createLinearRing(coordinates.toCoordinateArray());
    }

    private static byte[] rings(Geometry[] coverage) {
        List<LinearRing> rings = new ArrayList<>();
        List<Byte> continents = new ArrayList<>();
        int vertices = 0;
        for (int continent = 0; continent < coverage.length; continent++) {
            List<LinearRing> own = new ArrayList<>();
            for (int i = 0; i < coverage[continent].getNumGeometries(); i++) {
                Polygon polygon = (Polygon) coverage[continent].getGeometryN(i);
                own.add(polygon.getExteriorRing());
                for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
                    own.add(polygon.getInteriorRingN(hole));
                }
            }
            own.forEach(LinearRing::normalize);
            own.sort(Comparator.comparing(ring -> ring.getCoordinateN(0)));
            for (LinearRing ring : own) {
                rings.add(ring);
                continents.add((byte) continent);
                vertices += ring.getNumPoints();
            }
        }
        int[] x = new int[vertices];
        int[] y = new int[vertices];
        int[] ringEnd = new int[rings.size()];
        byte[] ringContinent = new byte[rings.size()];
        int at = 0;
        for (int ring = 0; ring < ringEnd.length; ring++) {
            for (Coordinate vertex : rings.get(ring).getCoordinates()) {
                x[at] = Math.toIntExact(Math.round(vertex.x * Boundaries.UNITS));
                y[at++] = Math.toIntExact(Math.round(vertex.y * Boundaries.UNITS));
            }
            ringEnd[ring] = at;
            ringContinent[ring] = continents.get(ring);
        }
        System.out.printf("%d rings, %d vertices%n", ringEnd.length, vertices);
        return BoundaryWriter.write(x, y, ringEnd, ringContinent);
    }
}
