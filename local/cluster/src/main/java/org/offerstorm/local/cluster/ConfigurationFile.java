package org.offerstorm.local.cluster;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The configuration of a cluster, for our commands: only what differs from the defaults. */
final class ConfigurationFile {
    private ConfigurationFile() {}

    /**
     * The file's text.
     *
     * @param directory of the cluster
     * @param settings option's path to value
     */
    static String text(Path directory, Map<String, String> settings) {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        new TreeMap<>(settings).forEach((path, value) -> {
            int dot = path.indexOf('.');
            sections.computeIfAbsent(path.substring(0, dot), section -> new TreeMap<>())
                    .put(path.substring(dot + 1), value);
        });
        StringBuilder text = new StringBuilder();
        text.append("# Where the servers of the cluster in ")
                .append(directory)
                .append(" are: what differs from the defaults.\n# Written by 'offerstorm cluster up', removed by")
                .append(" 'offerstorm cluster down'. All options: conf/offerstorm.yaml.\n");
        sections.forEach((section, options) -> {
            text.append(section).append(":\n");
            options.forEach((key, value) ->
                    text.append("  ").append(key).append(": ").append(value).append('\n'));
        });
        return text.toString();
    }
}
