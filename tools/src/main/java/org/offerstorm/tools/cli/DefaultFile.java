package org.offerstorm.tools.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The configuration file that a command takes when none is named to it. */
public final class DefaultFile {
    /** Names a configuration file. */
    public static final String VARIABLE = "OFFERSTORM_CONFIG";
    /** Below the program's directory: written by {@code cluster up}, removed by {@code cluster down}. */
    public static final Path OF_CLUSTER = Path.of(".offerstorm", "cluster", "offerstorm.yaml");

    private DefaultFile() {}

    /**
     * None or one file.
     *
     * @param home the program's directory; null if it was not started by its launcher
     */
    static List<Path> find(Map<String, String> environment, String home) {
        String named = environment.get(VARIABLE);
        if (named != null && !named.isBlank()) {
            return List.of(Path.of(named));
        }
        if (home != null) {
            Path ofCluster = Path.of(home).resolve(OF_CLUSTER);
            if (Files.exists(ofCluster)) {
                return List.of(ofCluster);
            }
        }
        return List.of();
    }
}
