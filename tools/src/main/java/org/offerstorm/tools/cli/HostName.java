package org.offerstorm.tools.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Name of this machine, without asking a name server. */
final class HostName {
    private static final Path OF_KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    static String of(Map<String, String> environment) {
        try {
            return Files.readString(OF_KERNEL).strip();
        } catch (IOException e) { // not Linux
            return environment.getOrDefault("HOSTNAME", environment.getOrDefault("COMPUTERNAME", "?"));
        }
    }
}
