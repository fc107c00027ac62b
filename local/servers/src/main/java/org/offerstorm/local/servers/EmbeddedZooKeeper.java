package org.offerstorm.local.servers;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/**
 * A real ZooKeeper in this JVM, on the loopback interface alone (the one that LocalCluster would start listens on all).
 * Started and closed by one thread.
 */
public final class EmbeddedZooKeeper implements AutoCloseable {
    private static final int TICK_MILLIS = 2_000;
    private static final int NO_LIMIT = 0;

    private final NIOServerCnxnFactory connections;
    private final ZooKeeperServer server;

    private EmbeddedZooKeeper(NIOServerCnxnFactory connections, ZooKeeperServer server) {
        this.connections = connections;
        this.server = server;
    }

    /**
     * Starts a server that answers when this returns.
     *
     * @param directory holds all its data; made if absent
     * @param port TCP port, 0 for a free one
     * @throws IOException if the port is taken or the directory cannot be written
     */
    public static EmbeddedZooKeeper start(Path directory, int port) throws IOException {
        Files.createDirectories(directory);
        return FreePorts.listen(port, chosen -> startOn(chosen, directory));
    }

    private static EmbeddedZooKeeper startOn(int chosen, Path directory) throws IOException {
        NIOServerCnxnFactory connections = new NIOServerCnxnFactory();
        try {
            connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), chosen), NO_LIMIT);
        } catch (BindException e) {
            throw new IOException("ZooKeeper's port 127.0.0.1:" + chosen + " is taken; choose another", e);
        }
        ZooKeeperServer server = null;
        try {
            server = new ZooKeeperServer(directory.toFile(), directory.toFile(), TICK_MILLIS);
            connections.startup(server);
            return new EmbeddedZooKeeper(connections, server);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop(connections, server);
            throw new IOException("interrupted while ZooKeeper started in " + directory, e);
        } catch (IOException | RuntimeException e) {
            stop(connections, server);
            throw e;
        }
    }

    /** TCP port on 127.0.0.1. */
    public int port() {
        return connections.getLocalPort();
    }

    /** {@code 127.0.0.1:port}. */
    public String address() {
        return "127.0.0.1:" + port();
    }

    @Override
    public void close() {
        stop(connections, server);
    }

    private static void stop(NIOServerCnxnFactory connections, ZooKeeperServer server) {
        connections.shutdown();
        if (server != null) {
            server.shutdown(true);
        }
    }
}
