package org.offerstorm.local.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.offerstorm.topology.Failure;

/**
 * Who listens where, chosen once for a cluster and then kept: topologies, clients and the servers themselves name each other by
 * these ports. A line of the file is {@code name=port}; it may be edited while the cluster is down. Used by one thread.
 */
final class PortFile {
    /**
     * Below the ports that Linux (32768) and macOS hand out to outgoing connections, which might take one between two starts; and so
     * are those at which workers serve their figures, 10,000 above their slots'.
     */
    private static final int LOWEST = 12_000;

    private static final int BLOCK = 50;
    private static final int BLOCKS = 200;

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
            List<Integer> free =
                    free(missing.size(), random, opened.ports.values().stream().toList());
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
                    throw Failure.usage(file + ":" + number + ": port " + port + " stands twice; correct it");
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

    /** Whether a server could listen there, on any interface. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // A port whose last connections are still closing is free for a server.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Neighbours where possible, so that people see what belongs together. */
    private static List<Integer> free(int count, Random random, List<Integer> except) {
        int first = random.nextInt(BLOCKS);
        for (int i = 0; i < BLOCKS; i++) {
            int base = LOWEST + (first + i) % BLOCKS * BLOCK;
            List<Integer> found = new ArrayList<>();
            for (int port = base; port < base + BLOCK && found.size() < count; port++) {
                if (!except.contains(port) && isFree(port)) {
                    found.add(port);
                }
            }
            if (found.size() == count) {
                return found;
            }
        }
        throw Failure.unreachable(
                "no " + count + " free ports between " + LOWEST + " and " + (LOWEST + BLOCKS * BLOCK - 1), null);
    }

    private static boolean isPort(int number) {
        return number > 0 && number <= 65_535;
    }

    private void write() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# Ports of this cluster. Edit only while it is down, and submit topologies anew after it.");
        ports.forEach((name, port) -> lines.add(name + "=" + port));
        Files.write(file, lines);
    }
}
