package org.offerstorm.local.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes settings in the forms that servers want. */
final class SettingsFile {
    private SettingsFile() {}

    /** {@code key=value} lines. */
    static void properties(Path file, Map<String, ?> settings) throws IOException {
        write(
                file,
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                        .sorted()
                        .collect(Collectors.joining()));
    }

    /** Hadoop's XML. */
    static void hadoop(Path file, Map<String, ?> settings) throws IOException {
        write(
                file,
                settings.entrySet().stream()
                        .map(setting -> "  <property><name>" + setting.getKey() + "</name><value>" + setting.getValue()
                                + "</value></property>\n")
                        .sorted()
                        .collect(Collectors.joining("", "<configuration>\n", "</configuration>\n")));
    }

    /** As it is; the directory is made if absent. */
    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
