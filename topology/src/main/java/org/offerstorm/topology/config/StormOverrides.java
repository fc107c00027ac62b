package org.offerstorm.topology.config;

import java.lang.reflect.Field;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.storm.Config;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * What {@code storm jar} kept for itself. Storm's client takes every {@code -c} and {@code --config} of its command line, also
 * those behind the class's name, unless {@code --} stands before them. It hands its settings to the process in system
 * properties, and lets them win at the submission ({@code org.apache.storm.utils.Utils.readCommandLineOpts}).
 */
final class StormOverrides {
    private static final Map<String, String> OWN_OPTIONS = Map.of(
            "topology.max.spout.pending", Options.MAX_SPOUT_PENDING.path(),
            "topology.message.timeout.secs", Options.MESSAGE_TIMEOUT.path());

    /** Storm has settings of that name, too. */
    private static final String SHARED_SECTION = "topology";

    private static final Set<String> STORMS = Stream.of(Config.class.getFields())
            .filter(field -> field.getType() == String.class)
            .map(StormOverrides::value)
            .collect(Collectors.toSet());

    private static final String BEHIND =
            "write what is Offerstorm's behind '--': storm jar JAR org.offerstorm.topology.Main -- COMMAND …";

    private StormOverrides() {}

    private static String value(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a public constant", e);
        }
    }

    static void check(Settings settings) {
        Place place = new Place(Integer.MAX_VALUE, "storm -c", 0, 0);
        for (String encoded : System.getProperty(StormProperties.OPTIONS, "").split(",", -1)) {
            String[] setting =
                    URLDecoder.decode(encoded, StandardCharsets.UTF_8).split("=", 2);
            check(settings, place, setting[0].strip(), setting.length == 2 ? setting[1].strip() : "");
        }
        String file = System.getProperty(StormProperties.CONF_FILE, "");
        if (!file.isEmpty() && isConfiguration(file)) {
            settings.wrong(
                    new Place(Integer.MAX_VALUE, "storm --config", 0, 0),
                    "",
                    "Storm's client took " + Quoted.line(file) + " for its storm.yaml; " + BEHIND);
        }
    }

    private static void check(Settings settings, Place place, String key, String value) {
        if (isOption(key)) {
            settings.wrong(place, key, "Storm's client took it for a setting of its own; " + BEHIND);
        } else if (OWN_OPTIONS.containsKey(key)) {
            settings.wrong(place, key, "would pass by the checks; remove it and set " + OWN_OPTIONS.get(key));
        } else if (key.equals("topology.acker.executors") && !value.matches("[1-9]\\d{0,3}")) {
            settings.wrong(
                    place,
                    key,
                    "is '" + Quoted.of(value) + "'; without ackers nothing is ever known to be durable; remove it,"
                            + " or write 1 or more");
        } else if (key.equals("topology.enable.message.timeouts") && !value.equals("true")) {
            settings.wrong(place, key, "without time-outs a lost chunk is never sent again; remove it");
        }
    }

    /** An option, one of a section that is ours alone, or one that is nearly an option and no setting of Storm's. */
    private static boolean isOption(String key) {
        String section = key.substring(0, Math.max(0, key.indexOf('.')));
        boolean shared = section.equals(SHARED_SECTION);
        return Options.BY_PATH.containsKey(key)
                || (Unknown.isSection(section) && !shared)
                || (shared
                        && !STORMS.contains(key)
                        && Nearest.of(key, Options.BY_PATH.keySet()).isPresent());
    }

    /** Whether the file has one of our sections; Storm's own keys are of one line, {@code topology.workers}. */
    private static boolean isConfiguration(String file) {
        try {
            Node document = YamlFile.read(Path.of(file), Place.file(0, file));
            return document instanceof MappingNode mapping
                    && mapping.getValue().stream().anyMatch(StormOverrides::isSection);
        } catch (YamlFile.Unreadable | InvalidPathException e) {
            return false; // Storm also looks for it on the class path
        }
    }

    private static boolean isSection(NodeTuple entry) {
        return entry.getKeyNode() instanceof ScalarNode key
                && (Unknown.isSection(key.getValue()) || Options.BY_PATH.containsKey(key.getValue()))
                && !key.getValue().startsWith(SHARED_SECTION + ".");
    }
}
