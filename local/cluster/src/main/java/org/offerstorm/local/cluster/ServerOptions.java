package org.offerstorm.local.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The JVM's size and way of working for one server of a cluster, instead of the small one that a laptop gets: the file
 * {@code conf/NAME.options}. Servers that start later take it.
 */
public final class ServerOptions {
    private ServerOptions() {}

    /**
     * Sets them.
     *
     * @param cluster its directory, made if absent
     * @param server its name, as {@code cluster status} shows it
     * @param options separated by blanks, such as {@code -Xmx2g -XX:+UseG1GC}
     */
    public static void write(Path cluster, String server, String options) throws IOException {
        SettingsFile.write(file(ClusterDirectory.create(cluster), server), options + "\n");
    }

    /** Those that were set, or {@code usual}. */
    static List<String> read(ClusterDirectory directory, String server, List<String> usual) {
        Path file = file(directory, server);
        try {
            return Files.exists(file) ? List.of(Files.readString(file).strip().split("\\s+", -1)) : usual;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(ClusterDirectory directory, String server) {
        return directory.resolve("conf").resolve(server + ".options");
    }
}
