package org.offerstorm.local.cluster;

import java.util.Map;
import java.util.TreeMap;

/** The configuration of a cluster, for our commands: only what differs from the defaults. */
final class ConfigurationFile {
    private ConfigurationFile() {}

    /**
     * The file's text.
     *
     * @param comment its first lines, without {@code #}
     * @param settings option's path to value, a text or a map of texts
     */
    static String text(String comment, Map<String, ?> settings) {
        Map<String, Map<String, Object>> sections = new TreeMap<>();
        settings.forEach((path, value) -> {
            int dot = path.indexOf('.');
            sections.computeIfAbsent(path.substring(0, dot), section -> new TreeMap<>())
                    .put(path.substring(dot + 1), value);
        });
        StringBuilder text = new StringBuilder();
        comment.lines().forEach(line -> text.append("# ").append(line).append('\n'));
        sections.forEach((section, options) -> {
            text.append(section).append(":\n");
            options.forEach((key, value) -> append(text, "  ", key, value));
        });
        return text.toString();
    }

    private static void append(StringBuilder text, String indent, String key, Object value) {
        text.append(indent).append(key).append(':');
        if (value instanceof Map<?, ?> map) {
            text.append('\n');
            map.forEach((name, inner) -> append(text, indent + "  ", (String) name, inner));
        } else {
            text.append(' ').append(quoted(value.toString())).append('\n');
        }
    }

    private static String quoted(String value) {
        return value.matches("[^\"'{}#]*") ? value : "'" + value.replace("'", "''") + "'";
    }
}
