package org.offerstorm.local.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.offerstorm.core.check.Failure;

/**
 * TCP ports for servers that will be started again where they were. They are below those that Linux (from 32768) and
 * macOS hand out to outgoing connections: of these, a client that looks for its stopped server may be given the server's
 * own port, and then keeps it from coming back. Nor are they those at which workers serve their figures, 10,000 above
 * their slots'. Used by any thread.
 */
public final class FreePorts {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int LOWEST = 12_000;
    private static final int BLOCK = 50;
    private static final int BLOCKS = 200;
    private static final int COUNT = BLOCK * BLOCKS;

    /** Processes begin at different places, and each gives a port once before it gives it again. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private FreePorts() {}

    /** A port that nobody listens on, another at each call. */
    public static int one() {
        for (int i = 0; i < COUNT; i++) {
            int port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw none(1);
    }

    /** The port itself, or a free one in place of 0. */
    public static int orOne(int port) {
        return port == 0 ? one() : port;
    }

    /**
     * Ports that nobody listens on, neighbours, so that people see what belongs together.
     *
     * @param count 1 to 50
     * @param except ports that are spoken for
     */
    public static List<Integer> neighbours(int count, Random random, Collection<Integer> except) {
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
        throw none(count);
    }

    /** Whether a server could listen there, on any interface. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // A port whose last connections are still closing is free for a server.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Checks that {@code server} could listen on a port of 127.0.0.1.
     *
     * @throws IOException if not; says what to do
     */
    static void requireFree(int port, String server) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
        } catch (IOException e) {
            throw new IOException(
                    "port " + port + " of 127.0.0.1 is taken, " + server + " cannot listen there; stop what listens, or"
                            + " choose another port (0 for any free one)",
                    e);
        }
    }

    private static Failure none(int count) {
        return Failure.unreachable(
                "no " + count + " free ports between " + LOWEST + " and " + (LOWEST + COUNT - 1), null);
    }
}
