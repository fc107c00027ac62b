package org.offerstorm.local.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes settings in the forms that servers want. */
final class SettingsFile {
    private SettingsFile() {}

    /** {@code key=value} lines, which Java's {@link java.util.Properties} read: ASCII, with other characters escaped. */
    static void properties(Path file, Map<String, ?> settings) throws IOException {
        write(
                file,
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "="
                                + escaped(setting.getValue().toString()) + "\n")
                        .sorted()
                        .collect(Collectors.joining()));
    }

    /** Hadoop's XML. */
    static void hadoop(Path file, Map<String, ?> settings) throws IOException {
        write(
                file,
                settings.entrySet().stream()
                        .map(setting -> "  <property><name>" + setting.getKey() + "</name><value>"
                                + setting.getValue()
                                        .toString()
                                        .replace("&", "&amp;")
                                        .replace("<", "&lt;")
                                + "</value></property>\n")
                        .sorted()
                        .collect(Collectors.joining("", "<configuration>\n", "</configuration>\n")));
    }

    private static String escaped(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                text.append("\\\\");
            } else if (c < ' ' || c > '~') {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** As it is; the directory is made if absent. */
    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
