package org.offerstorm.topology.operate;

import java.lang.reflect.Field;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.storm.Config;
import org.offerstorm.core.text.Nearest;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.tools.config.ConfigRule;
import org.offerstorm.tools.config.Options;
import org.offerstorm.tools.config.Origin;
import org.offerstorm.tools.config.YamlFile;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * What {@code storm jar} kept for itself. Storm's client takes every {@code -c} and {@code --config} of its command line, also
 * those behind the class's name, unless {@code --} stands before them. It hands its settings to the process in system
 * properties, and lets them win at the submission ({@code org.apache.storm.utils.Utils.readCommandLineOpts}).
 */
public final class StormOverrides implements ConfigRule {
    private static final Map<String, String> OWN_OPTIONS = Map.of(
            "topology.max.spout.pending", Options.MAX_SPOUT_PENDING.path(),
            "topology.message.timeout.secs", Options.MESSAGE_TIMEOUT.path());

    private static final Set<String> STORMS = Stream.of(Config.class.getFields())
            .filter(field -> field.getType() == String.class)
            .map(StormOverrides::value)
            .collect(Collectors.toSet());

    private static final Set<String> STORMS_WORDS =
            STORMS.stream().map(StormOverrides::firstWord).collect(Collectors.toSet());

    private static final String BEHIND =
            "write what is Offerstorm's behind '--': storm jar JAR org.offerstorm.topology.Main -- COMMAND …";

    private static String value(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a public constant", e);
        }
    }

    @Override
    public void check(Problems problems) {
        Origin place = new Origin(Integer.MAX_VALUE, "storm -c", 0, 0);
        String options = System.getProperty(StormProperties.OPTIONS, "");
        for (String encoded : options.isEmpty() ? new String[0] : options.split(",", -1)) {
            String[] setting =
                    URLDecoder.decode(encoded, StandardCharsets.UTF_8).split("=", 2);
            check(problems, place, setting[0].strip(), setting.length == 2 ? setting[1].strip() : "");
        }
        String file = System.getProperty(StormProperties.CONF_FILE, "");
        if (!file.isEmpty() && (!isThere(file) || isConfiguration(file))) {
            problems.wrong(
                    new Origin(Integer.MAX_VALUE, "storm --config", 0, 0),
                    "",
                    "Storm's client took " + PlainText.of(file) + (isThere(file) ? "" : ", which is not there,")
                            + " for its storm.yaml; " + BEHIND);
        }
    }

    private static void check(Problems problems, Origin place, String key, String value) {
        if (isOurs(key)) {
            problems.wrong(place, key, "Storm's client took it for one of Storm's settings; " + BEHIND);
        } else if (OWN_OPTIONS.containsKey(key)) {
            problems.wrong(place, key, "would bypass the checks; remove it and set " + OWN_OPTIONS.get(key));
        } else if (key.equals("topology.acker.executors") && !value.matches("[1-9]\\d{0,3}")) {
            problems.wrong(
                    place,
                    key,
                    "is '" + PlainText.excerpt(value)
                            + "'; without ackers nothing is ever known to be durable; remove it,"
                            + " or write 1 or more");
        } else if (key.equals("topology.enable.message.timeouts") && !value.equals("true")) {
            problems.wrong(place, key, "without time-outs a lost chunk is never sent again; remove it");
        }
    }

    /** Whether it is not a setting of Storm's, as far as we can know: plug-ins may have settings below Storm's own words. */
    private static boolean isOurs(String key) {
        return Options.BY_PATH.containsKey(key)
                || !STORMS_WORDS.contains(firstWord(key))
                || (!STORMS.contains(key)
                        && Nearest.of(key, Options.BY_PATH.keySet()).isPresent());
    }

    private static String firstWord(String key) {
        return key.contains(".") ? key.substring(0, key.indexOf('.')) : "";
    }

    /** Whether the file has sections, as ours has; Storm's own keys are of one line, {@code topology.workers}. */
    private static boolean isConfiguration(String file) {
        try {
            Node document = YamlFile.read(Path.of(file), Origin.file(0, file));
            return document instanceof MappingNode mapping
                    && mapping.getValue().stream().anyMatch(StormOverrides::isSection);
        } catch (YamlFile.Unreadable | InvalidPathException e) {
            return false;
        }
    }

    private static boolean isSection(NodeTuple entry) {
        return entry.getKeyNode() instanceof ScalarNode key
                && !key.getValue().contains(".")
                && (entry.getValueNode() instanceof MappingNode || Options.BY_PATH.containsKey(key.getValue()));
    }

    /** Storm looks on the class path first. */
    private static boolean isThere(String file) {
        try {
            return StormOverrides.class.getClassLoader().getResource(file) != null || Files.exists(Path.of(file));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
