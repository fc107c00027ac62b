package org.offerstorm.tools.figures;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version that the build wrote into the jar. */
final class ProgramVersion {
    private static final String RESOURCE = "/org/offerstorm/tools/cli/version.properties";
    private static final String VERSION = read();

    private ProgramVersion() {}

    /** Such as {@code 0.1.0}. */
    static String get() {
        return VERSION;
    }

    private static String read() {
        Properties properties = new Properties();
        try (InputStream in = ProgramVersion.class.getResourceAsStream(RESOURCE)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("offerstorm");
    }
}
