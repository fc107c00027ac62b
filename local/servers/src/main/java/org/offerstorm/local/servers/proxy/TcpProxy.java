package org.offerstorm.local.servers.proxy;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.time.Duration;

/**
 * A port of 127.0.0.1 that passes connections on to a server, and disturbs them on demand. One state holds at a time:
 * {@link #pass}, {@link #refuse}, {@link #blackHole}, {@link #delay} or {@link #answerUpdates}; {@link #cut} and
 * {@link #dropReplies} happen to the connections of the moment. Each method returns when it has taken effect.
 *
 * <p>One thread serves all connections; of each at most 64 KiB wait in either direction, and more when the client's end is
 * full. A server that is down shows as a reset after the connection, not as a refusal. Safe for use by several threads.
 */
public final class TcpProxy implements Closeable {
    private final InetSocketAddress target;
    private final Traffic traffic;
    private final int port;
    private final ProxyLoop loop;

    private TcpProxy(int port, InetSocketAddress target, boolean http) throws IOException {
        this.target = target;
        this.traffic = new Traffic(http);
        Selector selector = Selector.open();
        ProxyPort listening;
        try {
            listening = new ProxyPort(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), selector);
        } catch (IOException e) {
            selector.close();
            throw new IOException(
                    "the proxy of " + target + " cannot listen on 127.0.0.1:" + port + ": " + e.getMessage(), e);
        }
        this.port = listening.number();
        this.loop = new ProxyLoop(target, selector, listening, traffic);
    }

    /**
     * Of any protocol.
     *
     * @param port to listen on; 0: a free one
     * @throws IOException if that is taken
     */
    public static TcpProxy open(int port, InetSocketAddress target) throws IOException {
        return new TcpProxy(port, target, false);
    }

    /** Of HTTP/1.1: it can answer by itself. Anything else is cut. */
    public static TcpProxy openHttp(int port, InetSocketAddress target) throws IOException {
        return new TcpProxy(port, target, true);
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** How many connections are open. */
    public int connections() {
        return loop.connections();
    }

    /** How many replies were lost by {@link #dropReplies}. */
    public long repliesLost() {
        return traffic.repliesLost.get();
    }

    /** How many requests were answered by {@link #answerUpdates}. */
    public long answered() {
        return traffic.answered.get();
    }

    /** How many bytes fell into {@link #blackHole}. */
    public long bytesSwallowed() {
        return traffic.bytesSwallowed.get();
    }

    /** Everything gets through again. Connections out of which bytes were swallowed are cut: their two ends no longer agree. */
    public void pass() {
        loop.change((links, listening) -> {
            if (traffic.swallowed) {
                links.forEach(Link::cut);
            }
            traffic.pass();
            links.forEach(Link::pass);
            listening.open();
        });
    }

    /** Resets every connection; the next ones are as the state says. */
    public void cut() {
        loop.change((links, listening) -> links.forEach(Link::cut));
    }

    /** As if no server were there: connections are reset, new ones refused. */
    public void refuse() {
        loop.change((links, listening) -> {
            links.forEach(Link::cut);
            traffic.pass();
            listening.close();
        });
    }

    /** Connections stay open and new ones are accepted, but nothing gets through, not even an end; no side gets an error. */
    public void blackHole() {
        loop.change((links, listening) -> {
            traffic.pass();
            listening.open();
            traffic.swallowed = true;
        });
    }

    /** What the server sends comes so much later; requests get there at once, and do what they do. */
    public void delay(Duration replies) {
        loop.change((links, listening) -> {
            traffic.pass();
            listening.open();
            traffic.delayNanos = replies.toNanos();
        });
    }

    /**
     * Every connection of the moment loses the next reply, and is then cut: the request has done its work, and its sender
     * cannot know. The connections that follow get their replies.
     */
    public void dropReplies() {
        loop.change((links, listening) -> links.forEach(Link::loseReply));
    }

    /**
     * Requests of {@code /update} are answered so, and do not reach the server.
     *
     * @param status such as 429 or 503
     * @throws IllegalStateException if this is not a proxy of HTTP
     */
    public void answerUpdates(int status) {
        if (!traffic.http) {
            throw new IllegalStateException("the proxy of " + target + " does not know HTTP");
        }
        loop.change((links, listening) -> {
            traffic.pass();
            listening.open();
            traffic.status = status;
        });
    }

    /** Cuts all connections and listens no more. */
    @Override
    public void close() {
        loop.close();
    }
}
