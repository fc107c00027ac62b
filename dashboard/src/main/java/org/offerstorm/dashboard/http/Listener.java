package org.offerstorm.dashboard.http;

import io.undertow.Undertow;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A web server that listens. */
public final class Listener implements AutoCloseable {
    private final Undertow server;
    private final InetSocketAddress address;

    private Listener(Undertow server, InetSocketAddress address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Listens.
     *
     * @param server with one listener
     * @param bind of that listener
     * @param port of that listener; 0 for any free one
     * @throws IOException if that address is unavailable
     */
    public static Listener start(Undertow server, InetAddress bind, int port) throws IOException {
        try {
            server.start();
        } catch (RuntimeException e) {
            throw new IOException(
                    e.getCause() instanceof BindException
                            ? "port " + port + " of " + bind.getHostAddress() + " is taken"
                            : "cannot listen on " + bind.getHostAddress() + ":" + port + ": " + e.getMessage(),
                    e);
        }
        return new Listener(
                server, (InetSocketAddress) server.getListenerInfo().get(0).getAddress());
    }

    /** {@code http://127.0.0.1:8080/}. */
    public String url() {
        InetAddress host = address.getAddress();
        String name = host.isAnyLocalAddress() ? "127.0.0.1" : host.getHostAddress();
        return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + address.getPort() + "/";
    }

    public int port() {
        return address.getPort();
    }

    /** Stops listening; what is on its way is cut off. */
    @Override
    public void close() {
        server.stop();
    }
}
