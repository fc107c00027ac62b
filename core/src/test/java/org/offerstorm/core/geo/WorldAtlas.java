package org.offerstorm.core.geo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.locationtech.jts.algorithm.Area;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.geom.util.AffineTransformation;
import org.locationtech.jts.operation.overlayng.OverlayNG;

/**
 * The countries of the npm package world-atlas 2.0.2 as polygons within ±180°, on the grid of {@link #GRID}. Repairs the
 * oddities of the file: rings stitched over the antimeridian, Antarctica open at the pole, islands without area.
 */
final class WorldAtlas {
    static final String SHA_256 = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97";
    static final PrecisionModel GRID = new PrecisionModel(Boundaries.UNITS);
    static final GeometryFactory FACTORY = new GeometryFactory(GRID);

    private static final String ENTRY = "package/countries-10m.json";
    private static final String ANTARCTICA = "010";
    /** Half the side of the square that replaces an island without area, in degrees. */
    private static final double ISLET = 0.002;

    /** @param id ISO 3166 numeric, or empty */
    record Country(String id, String name, List<Polygon> parts) {}

    private final double[] scale;
    private final double[] translate;
    private final JsonNode topology;

    private WorldAtlas(JsonNode topology) {
        this.topology = topology;
        JsonNode transform = topology.get("transform");
        scale = pair(transform.get("scale"));
        translate = pair(transform.get("translate"));
    }

    /**
     * @throws IllegalArgumentException if the file is not the package that the boundaries are made from
     */
    static List<Country> read(Path tarball) throws IOException {
        byte[] bytes = Files.readAllBytes(tarball);
        String actual = NpmPackage.sha256(bytes);
        if (!actual.equals(SHA_256)) {
            throw new IllegalArgumentException(tarball + " has SHA-256 " + actual + ", but world-atlas-2.0.2.tgz has "
                    + SHA_256 + "; fetch it with: npm pack world-atlas@2.0.2");
        }
        WorldAtlas atlas = new WorldAtlas(new ObjectMapper().readTree(NpmPackage.file(bytes, ENTRY)));
        List<Country> countries = new ArrayList<>();
        for (JsonNode country : atlas.topology.at("/objects/countries/geometries")) {
            countries.add(atlas.country(country));
        }
        return countries;
    }

    private Country country(JsonNode node) {
        String id = node.path("id").asText("");
        JsonNode arcs = node.get("arcs");
        List<Polygon> parts = new ArrayList<>();
        if (node.get("type").asText().equals("Polygon")) {
            addParts(parts, id, arcs);
        } else {
            arcs.forEach(polygon -> addParts(parts, id, polygon));
        }
        return new Country(id, node.at("/properties/name").asText(), parts);
    }

    private void addParts(List<Polygon> parts, String id, JsonNode rings) {
        List<Coordinate> shell = unwrapped(rings.get(0));
        if (id.equals(ANTARCTICA) && shell.get(0).x != shell.get(shell.size() - 1).x) {
            shell.add(new Coordinate(shell.get(shell.size() - 1).x, -90));
            shell.add(new Coordinate(shell.get(0).x, -90));
            shell.add(shell.get(0).copy());
        }
        Envelope extent = new Envelope();
        shell.forEach(extent::expandToInclude);
        if (extent.getArea() == 0 || Area.ofRing(shell.toArray(Coordinate[]::new)) == 0) {
            parts.add(islet(extent));
            return;
        }
        LinearRing[] holes = new LinearRing[rings.size() - 1];
        for (int i = 0; i < holes.length; i++) {
            holes[i] = FACTORY.createLinearRing(unwrapped(rings.get(i + 1)).toArray(Coordinate[]::new));
        }
        Geometry whole = FACTORY.createPolygon(FACTORY.createLinearRing(shell.toArray(Coordinate[]::new)), holes);
        if (!whole.isValid()) {
            whole = whole.buffer(0);
        }
        for (int turn = -1; turn <= 1; turn++) {
            Geometry world = FACTORY.toGeometry(new Envelope(360.0 * turn - 180, 360.0 * turn + 180, -90, 90));
            Geometry inside = whole.getEnvelopeInternal().getMinX() >= -180
                            && whole.getEnvelopeInternal().getMaxX() <= 180
                    ? (turn == 0 ? whole : FACTORY.createPolygon())
                    : OverlayNG.overlay(whole, world, OverlayNG.INTERSECTION, GRID);
            Geometry moved =
                    AffineTransformation.translationInstance(-360.0 * turn, 0).transform(inside);
            for (int i = 0; i < moved.getNumGeometries(); i++) {
                if (moved.getGeometryN(i) instanceof Polygon part && !part.isEmpty()) {
                    parts.add(part);
                }
            }
        }
    }

    /** A small rectangle about a point or a line. */
    static Polygon islet(Envelope extent) {
        Envelope rectangle = new Envelope(extent);
        rectangle.expandBy(ISLET);
        return (Polygon) FACTORY.toGeometry(new Envelope(
                GRID.makePrecise(rectangle.getMinX()),
                GRID.makePrecise(rectangle.getMaxX()),
                GRID.makePrecise(rectangle.getMinY()),
                GRID.makePrecise(rectangle.getMaxY())));
    }

    /** The ring's coordinates, going on beyond ±180° where the file jumps to the other side. */
    private List<Coordinate> unwrapped(JsonNode ring) {
        List<Coordinate> coordinates = new ArrayList<>();
        for (JsonNode arc : ring) {
            List<Coordinate> next = arc(arc.intValue());
            coordinates.addAll(coordinates.isEmpty() ? next : next.subList(1, next.size()));
        }
        double turn = 0;
        for (int i = 1; i < coordinates.size(); i++) {
            double step = coordinates.get(i).x + turn - coordinates.get(i - 1).x;
            turn += step > 180 ? -360 : step < -180 ? 360 : 0;
            coordinates.get(i).x += turn;
        }
        return coordinates;
    }

    /** Delta-coded arc; ~i is arc i backwards. */
    private List<Coordinate> arc(int index) {
        List<Coordinate> coordinates = new ArrayList<>();
        long x = 0;
        long y = 0;
        for (JsonNode delta : topology.get("arcs").get(index < 0 ? ~index : index)) {
            x += delta.get(0).longValue();
            y += delta.get(1).longValue();
            coordinates.add(new Coordinate(
                    GRID.makePrecise(x * scale[0] + translate[0]), GRID.makePrecise(y * scale[1] + translate[1])));
        }
        if (index < 0) {
            Collections.reverse(coordinates);
        }
        return coordinates;
    }

    private static double[] pair(JsonNode node) {
        return new double[] {node.get(0).doubleValue(), node.get(1).doubleValue()};
    }
}
