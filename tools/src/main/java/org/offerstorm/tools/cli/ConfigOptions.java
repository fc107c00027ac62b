package org.offerstorm.tools.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.tools.config.ConfigException;
import org.offerstorm.tools.config.ConfigLoader;
import org.offerstorm.tools.config.ResolvedConfig;
import picocli.CommandLine.Option;

/** {@code --config} and {@code -c}, the same for every command that needs the configuration: a picocli mixin. */
public final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Configuration, laid over the defaults (conf/offerstorm.yaml); may be repeated, a later file wins. If not"
                            + " given: the file that OFFERSTORM_CONFIG names, else that of the cluster that 'offerstorm"
                            + " cluster up' started here, else only the defaults.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "-c",
            paramLabel = "KEY=VALUE",
            description = "One setting, such as redis.timeout='2 s'; may be repeated; overrides the files.")
    private List<String> settings = new ArrayList<>();

    /**
     * The configuration that holds.
     *
     * @throws ConfigException with all that is wrong; the command line answers it with exit code 2
     */
    public OfferstormConfig load() {
        return resolve().config();
    }

    /** As {@link #load()}, with where each value came from. */
    public ResolvedConfig resolve() {
        return ConfigLoader.resolve(files(), settings);
    }

    /**
     * As {@link #load()}, with a setting of the command's own option over all others.
     *
     * @param value null: the option was not given
     */
    public OfferstormConfig load(String path, String value) {
        List<String> all = new ArrayList<>(settings);
        if (value != null) {
            all.add(path + "=" + value);
        }
        return ConfigLoader.resolve(files(), all).config();
    }

    List<Path> files() {
        return files.isEmpty()
                ? DefaultFile.find(System.getenv(), System.getProperty("offerstorm.home"))
                : List.copyOf(files);
    }
}
