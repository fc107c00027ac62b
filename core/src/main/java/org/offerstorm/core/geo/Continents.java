package org.offerstorm.core.geo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.offerstorm.core.model.Continent;

/**
 * The classifier that the topology and the command line use, over the boundaries in the class path. Load it once in each
 * worker (a bolt does it in {@code prepare}) and share it: it is immutable. {@link #classify} takes some nanoseconds and
 * allocates nothing; {@link #explain} searches all shores if the point is off the outlines, and takes up to some 100 µs.
 */
@SuppressWarnings("EnumOrdinal") // the resource numbers the continents as the enum does
public final class Continents implements ContinentClassifier {
    private static final String RESOURCE = "continents.bin";
    private static final Continent[] CONTINENTS = Continent.values();

    private final CellIndex index;

    Continents(CellIndex index) {
        this.index = index;
    }

    /**
     * Reads the boundaries from the class path.
     *
     * @throws IllegalStateException if they are missing or damaged: the jar is not whole
     */
    public static Continents load() {
        return new Continents(BoundaryFile.read(resource()));
    }

    static byte[] resource() {
        try (InputStream in = Continents.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "the boundary resource " + RESOURCE + " is not in the class path next to "
                                + Continents.class.getName() + "; build the module again");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the boundary resource " + RESOURCE + " can't be read", e);
        }
    }

    @Override
    public Continent classify(double latitude, double longitude) {
        check(latitude, longitude);
        return CONTINENTS[index.classify(latitude, eastern(longitude))];
    }

    /**
     * The same answer, and how it was found.
     *
     * @throws IllegalArgumentException if a coordinate is not finite or out of range
     */
    public Explanation explain(double latitude, double longitude) {
        check(latitude, longitude);
        Continent continent = CONTINENTS[index.classify(latitude, eastern(longitude))];
        Boundaries boundaries = index.boundaries();
        if (boundaries.containing(eastern(longitude) * Boundaries.UNITS, latitude * Boundaries.UNITS) != 0) {
            return new Explanation(continent, Explanation.How.INSIDE, 0);
        }
        double[] chords = boundaries.nearest(latitude, longitude);
        double chord = chords[0];
        for (double other : chords) {
            chord = Math.min(chord, other);
        }
        Explanation.How how = continent != Continent.UNKNOWN
                ? Explanation.How.NEAREST_LAND
                : latitude == 0 && longitude == 0 ? Explanation.How.NULL_ISLAND : Explanation.How.OCEAN;
        return new Explanation(continent, how, Sphere.km(chord));
    }

    /**
     * The continent whose outline holds the point, asked of the outlines themselves, without the index of cells: for checks
     * of the index and of what was classified with it. Takes some microseconds.
     *
     * @return nothing if the point is off all outlines, or is exactly (0,0)
     * @throws IllegalArgumentException if a coordinate is not finite or out of range
     */
    public Optional<Continent> outlineAround(double latitude, double longitude) {
        check(latitude, longitude);
        int inside = index.boundaries().containing(eastern(longitude) * Boundaries.UNITS, latitude * Boundaries.UNITS);
        return inside == 0 || (latitude == 0 && longitude == 0)
                ? Optional.empty()
                : Optional.of(CONTINENTS[Integer.numberOfTrailingZeros(inside)]);
    }

    /**
     * The answer of {@link #classify} without the index of cells: the outline around the point, else the nearest of all
     * shores, which takes up to some 100 µs.
     *
     * @throws IllegalArgumentException if a coordinate is not finite or out of range
     */
    public Continent search(double latitude, double longitude) {
        Optional<Continent> around = outlineAround(latitude, longitude);
        if (around.isPresent()) {
            return around.get();
        }
        double[] chords = index.boundaries().nearest(latitude, longitude);
        int nearest = 0;
        for (int i = 1; i < chords.length; i++) {
            nearest = chords[i] < chords[nearest] ? i : nearest;
        }
        boolean reached = chords[nearest] <= Sphere.chord(CellIndex.REACH_KM);
        return reached && !(latitude == 0 && longitude == 0) ? CONTINENTS[nearest] : Continent.UNKNOWN;
    }

    /**
     * The nearest land of a continent that is not the point's own; of all continents where the point's is UNKNOWN.
     *
     * @throws IllegalArgumentException if a coordinate is not finite or out of range
     */
    public Neighbour nearestOther(double latitude, double longitude) {
        int own = classify(latitude, longitude).ordinal();
        double[] chords = index.boundaries().nearest(latitude, longitude);
        int nearest = own == 0 ? 1 : 0;
        for (int i = nearest + 1; i < chords.length; i++) {
            if (i != own && chords[i] < chords[nearest]) {
                nearest = i;
            }
        }
        return new Neighbour(CONTINENTS[nearest], Sphere.km(chords[nearest]));
    }

    /**
     * A continent and its distance.
     *
     * @param km great circle distance to its nearest shore or border
     */
    public record Neighbour(Continent continent, double km) {}

    /** The antimeridian has two longitudes; the boundaries know it as -180. */
    private static double eastern(double longitude) {
        return longitude == 180 ? -180 : longitude;
    }

    private static void check(double latitude, double longitude) {
        // Written so that NaN fails too.
        if (!(latitude >= -90 && latitude <= 90)) {
            throw new IllegalArgumentException("latitude " + latitude + " is not within -90 to 90 degrees");
        }
        if (!(longitude >= -180 && longitude <= 180)) {
            throw new IllegalArgumentException("longitude " + longitude + " is not within -180 to 180 degrees");
        }
    }
}
