package org.offerstorm.sinks.hdfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** The site's own configuration of Hadoop's clients: {@code core-site.xml} and {@code hdfs-site.xml} of a directory. */
public final class SiteFiles {
    private static final List<String> NAMES = List.of("core-site.xml", "hdfs-site.xml");

    private SiteFiles() {}

    /**
     * Their properties, with variables replaced; empty if no directory is named.
     *
     * @throws IOException if there is no such file, or one cannot be read; says which, and what to do
     */
    public static Map<String, String> read(HdfsConfig config) throws IOException {
        if (config.confDir().equals(HdfsConfig.NO_CONF_DIR)) {
            return Map.of();
        }
        Path directory = Path.of(config.confDir());
        Configuration site = new Configuration(false);
        boolean any = false;
        for (String name : NAMES) {
            Path file = directory.resolve(name);
            if (Files.isReadable(file)) {
                site.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
                any = true;
            } else if (Files.exists(file)) {
                throw new IOException("hdfs.conf-dir: " + file + " may not be read; give this user the right");
            }
        }
        if (!any) {
            throw new IOException("hdfs.conf-dir: " + directory + " has neither " + String.join(" nor ", NAMES)
                    + " on this machine; name the directory of the Hadoop client's configuration");
        }
        Map<String, String> properties = new TreeMap<>();
        try {
            for (Map.Entry<String, String> property : site) {
                properties.put(property.getKey(), site.get(property.getKey()));
            }
        } catch (RuntimeException e) { // what Hadoop makes of a file that is not XML
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("hdfs.conf-dir: a file in " + directory + " is not sound: " + cause.getMessage(), e);
        }
        return properties;
    }
}
