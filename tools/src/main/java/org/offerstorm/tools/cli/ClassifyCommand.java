package org.offerstorm.tools.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.geo.Continents;
import org.offerstorm.core.geo.Explanation;
import org.offerstorm.core.model.Continent;
import org.offerstorm.tools.terminal.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code classify}: the continent of a point and why, or of each row of a CSV stream. */
@Command(
        name = "classify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Prints the continent of a point, how it was found, and how far away the nearest other continent is.",
            "With --csv: reads CSV with a header from standard input and writes each row as it is, with the columns"
                    + " continent,how,km added; km is the distance to the nearest land, 0 inside. Rows without valid"
                    + " coordinates get an empty continent."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:fine",
            "1:rows without a valid position, or the input ends within quotes",
            "2:bad usage: out of range, or no such column",
            "3:standard input or output fails"
        },
        footer = {
            "",
            "Examples:",
            "  offerstorm classify 41.0507 28.9907",
            "  offerstorm classify --csv office_latitude,office_longitude < offers.csv"
        })
public final class ClassifyCommand implements Callable<Integer> {
    private final InputStream in;
    private final OutputStream out;
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "LATITUDE", description = "Degrees north, -90 to 90.")
    private Double latitude;

    @Parameters(index = "1", arity = "0..1", paramLabel = "LONGITUDE", description = "Degrees east, -180 to 180.")
    private Double longitude;

    @Option(
            names = "--csv",
            paramLabel = "LAT,LON",
            description = "Classify CSV from standard input; these two columns hold the coordinates.")
    private String csv;

    public ClassifyCommand() {
        // Not System.out, which keeps a broken pipe to itself.
        this(System.in, new FileOutputStream(FileDescriptor.out));
    }

    ClassifyCommand(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    @Spec
    void setSpec(CommandSpec spec) {
        this.spec = spec;
        // Else picocli takes -157.8 for an unknown option.
        spec.parser().unmatchedOptionsArePositionalParams(true);
    }

    @Override
    public Integer call() {
        if (csv != null) {
            return rows();
        }
        if (latitude == null || longitude == null) {
            throw usage("give a latitude and a longitude, or --csv with the names of their columns");
        }
        Continents continents = Continents.load();
        try {
            print(continents.explain(latitude, longitude), continents.nearestOther(latitude, longitude));
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
        return 0;
    }

    private void print(Explanation explanation, Continents.Neighbour other) {
        PrintWriter print = spec.commandLine().getOut();
        Continent continent = explanation.continent();
        String how =
                switch (explanation.how()) {
                    case INSIDE -> "inside";
                    case NEAREST_LAND -> "nearest land, " + km(explanation.landKm());
                    case OCEAN -> "ocean: no land within 100 km; the nearest is " + km(explanation.landKm()) + " away";
                    case NULL_ISLAND -> "exactly (0,0) is what a missing position is written as";
                };
        print.println(continent == Continent.UNKNOWN ? "UNKNOWN" : continent + " (" + continent.label() + ")");
        print.println("  how: " + how);
        print.println("  nearest " + (continent == Continent.UNKNOWN ? "" : "other ") + "continent: "
                + other.continent() + " (" + other.continent().label() + "), " + km(other.km()));
        print.flush();
    }

    private int rows() {
        String[] columns = csv.split(",", -1);
        if (latitude != null || longitude != null) {
            throw usage("give either a point or --csv");
        }
        if (columns.length != 2 || columns[0].isBlank() || columns[1].isBlank() || columns[0].equals(columns[1])) {
            throw usage("--csv is '" + csv + "'; it must name two columns, such as --csv lat,lon");
        }
        PrintWriter err = spec.commandLine().getErr();
        ClassifyRows rows = new ClassifyRows(Continents.load(), columns[0], columns[1], err);
        try {
            return rows.run(in, out) ? 0 : 1;
        } catch (ClassifyRows.NoSuchColumn e) {
            throw usage(e.getMessage());
        } catch (IOException e) {
            if (Output.isClosedPipe(e)) {
                return Failure.PIPE_CLOSED;
            }
            err.println("classify: stopped after " + rows.count() + " rows: " + e.getMessage());
            err.flush();
            return Failure.UNREACHABLE;
        }
    }

    private static String km(double km) {
        return String.format(Locale.ROOT, "%.1f km", km);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
