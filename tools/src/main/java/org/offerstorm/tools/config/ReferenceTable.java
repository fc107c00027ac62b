package org.offerstorm.tools.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.config.TopologyConfig;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.reference.BadProfessions;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.core.reference.ProfessionsReader;
import org.offerstorm.core.sink.SinkKind;

/** The reference table of professions that the configuration names. */
public final class ReferenceTable {
    private static final String PACKAGED = "/conf/professions.csv";

    /** {@link org.offerstorm.core.model.Cell#NO_PROFESSION} and {@link org.offerstorm.core.model.Cell#OTHER}. */
    private static final int CATEGORIES_OF_NO_TABLE = 2;

    private ReferenceTable() {}

    /**
     * Reads it.
     *
     * @throws Failure if it is not there, is no such table, or has more categories than a chosen sink can hold
     */
    public static Professions of(OfferstormConfig config) {
        String file = config.topology().professions();
        Professions professions = read(file);
        long cells = (professions.categories().size() + CATEGORIES_OF_NO_TABLE) * (long) Continent.values().length;
        for (SinkKind<?> kind : config.sinks()) {
            if (cells > kind.maxCells()) {
                throw Failure.usage(String.format(
                        Locale.ROOT,
                        "topology.professions: %s has %,d categories, %s can hold %,d (%,d cells of category and"
                                + " continent); use broader categories, or leave %s out of sinks",
                        file,
                        professions.categories().size(),
                        kind.title(),
                        kind.maxCells() / Continent.values().length - CATEGORIES_OF_NO_TABLE,
                        kind.maxCells(),
                        kind.name()));
            }
        }
        return professions;
    }

    private static Professions read(String file) {
        if (file.equals(TopologyConfig.BUILT_IN_PROFESSIONS)) {
            return builtIn();
        }
        try {
            return ProfessionsReader.read(Path.of(file));
        } catch (BadProfessions e) {
            throw Failure.usage(e.getMessage());
        } catch (IOException e) {
            throw Failure.usage("topology.professions: " + file + " cannot be read: " + e.getMessage());
        }
    }

    /** The one in the jar. */
    public static Professions builtIn() {
        try (InputStream packaged = ReferenceTable.class.getResourceAsStream(PACKAGED)) {
            if (packaged == null) {
                throw new IllegalStateException("the jar has no " + PACKAGED);
            }
            return ProfessionsReader.read(packaged, "professions.csv of the jar");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
