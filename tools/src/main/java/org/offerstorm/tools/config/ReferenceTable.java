package org.offerstorm.tools.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.TopologyConfig;
import org.offerstorm.core.reference.BadProfessions;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.core.reference.ProfessionsReader;

/** The reference table of professions that the configuration names. */
public final class ReferenceTable {
    private static final String PACKAGED = "/conf/professions.csv";

    private ReferenceTable() {}

    /**
     * Reads it.
     *
     * @throws Failure if it is not there, or is no such table
     */
    public static Professions of(TopologyConfig config) {
        String file = config.professions();
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
