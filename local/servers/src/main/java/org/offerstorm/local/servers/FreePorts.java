package org.offerstorm.local.servers;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.offerstorm.core.check.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TCP ports for servers that will be started again where they were. They are below those that Linux (from 32768) and
 * macOS hand out to outgoing connections: of these, a client that looks for its stopped server may be given the server's
 * own port, and then keeps it from coming back. Nor are they those at which workers serve their figures, 10,000 above
 * their slots'. For the same reason clusters have the lower half to themselves: what {@link #one} gives to another process,
 * such as a test, is never the port of a cluster's server that is down for a moment. Used by any thread.
 */
public final class FreePorts {
    private static final Logger log = LoggerFactory.getLogger(FreePorts.class);
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int LOWEST_OF_CLUSTERS = 12_000;
    private static final int BLOCK = 50;
    private static final int BLOCKS = 100;
    private static final int LOWEST = LOWEST_OF_CLUSTERS + BLOCK * BLOCKS;
    private static final int COUNT = 5_000;
    private static final int ATTEMPTS = 5;

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
        throw none(1, LOWEST, COUNT);
    }

    /** The port itself, or a free one in place of 0; for a server that is started later, by another process. */
    public static int orOne(int port) {
        return port == 0 ? one() : port;
    }

    /**
     * Ports of a cluster, neighbours, so that people see what belongs together. Nobody listens next to them: another
     * cluster may be there, and get back those of its ports on which nobody listens at the moment.
     *
     * @param count 1 to 50
     * @param with ports that the cluster has already; new ones are near them if there is room
     * @throws Failure if there are none
     */
    public static List<Integer> neighbours(int count, Random random, Collection<Integer> with) {
        for (int block : with.stream().map(FreePorts::block).distinct().toList()) {
            List<Integer> found = block < 0 || block >= BLOCKS ? List.of() : freeIn(block, with);
            if (found.size() >= count) {
                return found.subList(0, count);
            }
        }
        int first = random.nextInt(BLOCKS);
        for (int i = 0; i < BLOCKS; i++) {
            List<Integer> found = freeIn((first + i) % BLOCKS, List.of());
            if (found.size() == BLOCK) {
                return found.subList(0, count);
            }
        }
        throw none(count, LOWEST_OF_CLUSTERS, BLOCK * BLOCKS);
    }

    private static int block(int port) {
        return Math.floorDiv(port - LOWEST_OF_CLUSTERS, BLOCK);
    }

    private static List<Integer> freeIn(int block, Collection<Integer> except) {
        int base = LOWEST_OF_CLUSTERS + block * BLOCK;
        return IntStream.range(base, base + BLOCK)
                .filter(port -> !except.contains(port) && isFree(port))
                .boxed()
                .toList();
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

    /** Starts a server on a port, and throws if it cannot listen there. */
    @FunctionalInterface
    public interface Start<S, E extends Exception> {
        S on(int port) throws E;
    }

    /**
     * Starts a server on {@code port}, or if that is 0 on a free one: on another if somebody has taken it before the server
     * could listen.
     */
    public static <S, E extends Exception> S listen(int port, Start<S, E> start) throws E {
        if (port != 0) {
            return start.on(port);
        }
        for (int attempt = 1; ; attempt++) {
            int chosen = one();
            try {
                return start.on(chosen);
            } catch (Exception e) {
                if (attempt == ATTEMPTS || !isTaken(e)) {
                    throw e;
                }
                log.warn("Port {} was taken by somebody else, trying another one", chosen, e);
            }
        }
    }

    /** Whether a server did not start because another one listens on its port. */
    public static boolean isTaken(Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            // What servers that are programs say, in their logs.
            if (e instanceof BindException || String.valueOf(e.getMessage()).contains("Address already in use")) {
                return true;
            }
        }
        return false;
    }

    private static Failure none(int count, int lowest, int of) {
        return Failure.unreachable("no " + count + " free ports between " + lowest + " and " + (lowest + of - 1), null);
    }
}
