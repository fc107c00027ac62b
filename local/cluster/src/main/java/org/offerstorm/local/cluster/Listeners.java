package org.offerstorm.local.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.offerstorm.local.servers.Proc;

/** Who listens on which TCP port, as Linux reports in /proc; elsewhere nothing is known. */
final class Listeners {
    private static final String LISTENING = "0A";
    private static final int INODE = 9;

    private Listeners() {}

    /**
     * A listening socket.
     *
     * @param port its TCP port
     * @param loopback whether it is bound to 127.0.0.1 (or ::1) alone, or reachable from other machines
     */
    record Listener(int port, boolean loopback) {}

    /** All listening sockets of a process; only of one's own processes. */
    static List<Listener> of(long pid) {
        return of(pid, all());
    }

    private static List<Listener> of(long pid, Map<String, Listener> all) {
        List<Listener> found = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Proc.file(pid, "fd"))) {
            for (Path descriptor : descriptors) {
                Listener listener = all.get(target(descriptor));
                if (listener != null && !found.contains(listener)) {
                    found.add(listener);
                }
            }
        } catch (IOException e) {
            return List.of(); // it has ended, or there is no /proc
        }
        found.sort((a, b) -> Integer.compare(a.port(), b.port()));
        return found;
    }

    /** " by process 123 (java …)", or nothing if that is unknown. */
    static String whoListens(int port) {
        Map<String, Listener> all = all();
        all.values().removeIf(listener -> listener.port() != port);
        return ProcessHandle.allProcesses()
                .filter(process -> !of(process.pid(), all).isEmpty())
                .findFirst()
                .map(process -> " by process " + process.pid() + " ("
                        + shorten(String.join(" ", Proc.commandLine(process.pid()))) + ")")
                .orElse("");
    }

    /** By "socket:[inode]", as file descriptors name them. */
    private static Map<String, Listener> all() {
        Map<String, Listener> all = new HashMap<>();
        for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
            List<String> lines;
            try {
                lines = Files.readAllLines(Path.of(table), StandardCharsets.US_ASCII);
            } catch (IOException e) {
                continue; // no Linux, or no IPv6
            }
            for (String line : lines) {
                String[] fields = line.strip().split("\\s+", -1);
                if (fields.length > INODE && fields[3].equals(LISTENING)) {
                    all.put("socket:[" + fields[INODE] + "]", parse(fields[1]));
                }
            }
        }
        return all;
    }

    /** {@code 0100007F:1F90}: the address as words in the machine's byte order, the port as a number. */
    static Listener parse(String address) {
        int colon = address.indexOf(':');
        String host = address.substring(0, colon);
        int port = Integer.parseInt(address.substring(colon + 1), 16);
        boolean loopback = host.equals("0100007F")
                || host.equals("00000000000000000000000001000000") // ::1
                || host.equals("0000000000000000FFFF00000100007F"); // ::ffff:127.0.0.1
        return new Listener(port, loopback);
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed since
        }
    }

    private static String shorten(String text) {
        return text.length() <= 60 ? text : text.substring(0, 59) + "…";
    }
}
