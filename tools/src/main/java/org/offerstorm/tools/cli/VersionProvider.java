package org.offerstorm.tools.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions that the build wrote into the jar. */
public final class VersionProvider implements IVersionProvider {
    private static final String RESOURCE = "/org/offerstorm/tools/cli/version.properties";

    @Override
    public String[] getVersion() throws IOException {
        Properties properties = properties();
        return new String[] {
            "offerstorm " + properties.getProperty("offerstorm"),
            "Storm " + properties.getProperty("storm") + ", Kafka " + properties.getProperty("kafka") + ", Solr "
                    + properties.getProperty("solr") + ", Hadoop " + properties.getProperty("hadoop") + ", Java "
                    + Runtime.version()
        };
    }

    /** Of this program alone: {@code 0.1.0}. */
    public static String program() throws IOException {
        return properties().getProperty("offerstorm");
    }

    private static Properties properties() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = VersionProvider.class.getResourceAsStream(RESOURCE)) {
            properties.load(in);
        }
        return properties;
    }
}
