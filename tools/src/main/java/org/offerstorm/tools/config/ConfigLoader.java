package org.offerstorm.tools.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.offerstorm.core.config.OfferstormConfig;

/**
 * Makes the configuration: the defaults, over them the user's files in their order, over them single
 * {@code key=value} settings. All of it is checked, and everything that is wrong is reported at once. Connects to nothing and
 * resolves no secret.
 */
public final class ConfigLoader {
    private ConfigLoader() {}

    /** The defaults alone. */
    public static OfferstormConfig defaults() {
        return resolve(List.of(), List.of()).config();
    }

    /**
     * Defaults, file and settings in one.
     *
     * @param file the user's file, or null
     * @param settings further settings, {@code redis.timeout} → {@code 2 s}; they win over the file
     * @throws ConfigException with all that is wrong
     */
    public static OfferstormConfig load(Path file, Map<String, String> settings) {
        List<String> assignments = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
        return resolve(file == null ? List.of() : List.of(file), assignments).config();
    }

    /**
     * Defaults, files and settings in one, with where each value came from.
     *
     * @param files the user's files; a later one wins
     * @param assignments further settings, {@code redis.timeout=2 s}; they win over the files
     * @throws ConfigException with all that is wrong
     */
    public static ResolvedConfig resolve(List<Path> files, List<String> assignments) {
        Settings settings = new Settings();
        int layer = 1;
        for (Path file : files) {
            FileLayer.apply(file, layer++, settings);
        }
        CommandLineLayer.apply(assignments, layer, settings);
        CrossChecks.apply(settings);
        ServiceLoader.load(ConfigRule.class, ConfigRule.class.getClassLoader()).forEach(rule -> rule.check(settings));
        if (!settings.problems().isEmpty()) {
            throw new ConfigException(settings.problems());
        }
        return new ResolvedConfig(settings);
    }
}
