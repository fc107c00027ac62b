package org.offerstorm.local.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.servers.FreePorts;

/**
 * Who listens where, chosen once for a cluster and then kept: topologies, clients and the servers themselves name each other by
 * these ports. A line of the file is {@code name=port}; it may be edited while the cluster is down. Used by one thread.
 */
final class PortFile {
    private final Path file;
    private final Map<String, Integer> ports;

    private PortFile(Path file, Map<String, Integer> ports) {
        this.file = file;
        this.ports = ports;
    }

    /**
     * The ports of the file; with new ones for those names that it does not have.
     *
     * @throws Failure if a line is wrong, or no ports are free
     */
    static PortFile open(Path file, List<String> names, Random random) throws IOException {
        PortFile opened = read(file);
        List<String> missing =
                names.stream().filter(name -> !opened.ports.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            List<Integer> free = FreePorts.neighbours(missing.size(), random, opened.ports.values());
            for (int i = 0; i < missing.size(); i++) {
                opened.ports.put(missing.get(i), free.get(i));
            }
            opened.write();
        }
        return opened;
    }

    /** What the file holds; nothing if there is none. */
    static PortFile read(Path file) throws IOException {
        Map<String, Integer> ports = new LinkedHashMap<>();
        if (Files.exists(file)) {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                String[] pair = line.strip().split("\\s*=\\s*", 2);
                if (pair.length < 2 || !pair[1].matches("[0-9]{1,5}") || !isPort(Integer.parseInt(pair[1]))) {
                    throw Failure.usage(file + ":" + number + ": '" + line + "' is not name=port; correct it");
                }
                Integer port = Integer.valueOf(pair[1]);
                if (ports.containsValue(port)) {
                    throw Failure.usage(file + ":" + number + ": port " + port + " appears twice; correct it");
                }
                ports.put(pair[0], port);
            }
        }
        return new PortFile(file, ports);
    }

    Path file() {
        return file;
    }

    boolean isEmpty() {
        return ports.isEmpty();
    }

    boolean has(String name) {
        return ports.containsKey(name);
    }

    /** The port of a name that was asked for at the opening. */
    int of(String name) {
        return ports.get(name);
    }

    private static boolean isPort(int number) {
        return number > 0 && number <= 65_535;
    }

    private void write() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# Ports of this cluster. Edit only while it is down, and submit topologies again afterwards.");
        ports.forEach((name, port) -> lines.add(name + "=" + port));
        Files.write(file, lines);
    }
}
