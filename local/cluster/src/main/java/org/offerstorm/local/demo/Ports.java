package org.offerstorm.local.demo;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.servers.FreePorts;

/**
 * TCP ports of the servers of one data directory: those that the user asked for, else those of the last run where they
 * are still free, else any. Used by several threads.
 */
final class Ports {
    /** A server may take any free port. */
    static final int ANY = 0;

    private final Path file;
    private final Map<String, Integer> wanted;
    private final Properties known = new Properties();

    /**
     * @param file remembers the ports
     * @param wanted server's name to port; a server without entry, or with {@link #ANY}, gets any free port
     */
    Ports(Path file, Map<String, Integer> wanted) throws IOException {
        this.file = file;
        this.wanted = Map.copyOf(wanted);
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                known.load(reader);
            }
        }
    }

    /**
     * The port to start the server on, {@link #ANY} if it does not matter.
     *
     * @throws Failure if the user asked for a port that is taken
     */
    synchronized int of(String server) {
        int asked = wanted.getOrDefault(server, ANY);
        if (asked != ANY) {
            if (!isFree(asked)) {
                throw Failure.unreachable(
                        "port " + asked + " for " + server + " is taken; choose another with --" + server
                                + "-port, or leave it out for a free one",
                        null);
            }
            return asked;
        }
        int last = parse(known.getProperty(server));
        return last != ANY && isFree(last) ? last : ANY;
    }

    /**
     * Starts a server on its port: on any other one if somebody took the port of the last run before the server could
     * listen.
     *
     * @throws Failure if the user asked for a port that is taken
     */
    <S, E extends Exception> S start(String server, FreePorts.Start<S, E> start) throws E {
        int port = of(server);
        try {
            return start.on(port);
        } catch (Exception e) {
            if (port == ANY || wanted.getOrDefault(server, ANY) != ANY || !FreePorts.isTaken(e)) {
                throw e;
            }
            return start.on(ANY);
        }
    }

    /** Remembers where the server listens, for the next run. */
    synchronized void remember(String server, int port) throws IOException {
        known.setProperty(server, Integer.toString(port));
        try (Writer writer = Files.newBufferedWriter(file)) {
            known.store(writer, "Ports of the last run, on 127.0.0.1");
        }
    }

    private static int parse(String port) {
        if (port == null || !port.matches("[0-9]{1,5}")) {
            return ANY;
        }
        int number = Integer.parseInt(port);
        return number <= 65_535 ? number : ANY;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // A port whose last connections are still closing is free for a server.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
