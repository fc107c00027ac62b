package org.offerstorm.local.servers.proxy;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A port of 127.0.0.1 that passes connections on to a server, and disturbs them when told so. One state holds at a time:
 * {@link #pass}, {@link #refuse}, {@link #blackHole}, {@link #delay} or {@link #answerUpdates}; {@link #cut} and
 * {@link #dropReplies} happen to the connections of the moment. Each method returns when it has taken effect.
 *
 * <p>One thread serves all connections; of each at most 64 KiB wait in either direction, and more when the client's end is
 * full. A server that is down shows as a reset after the connection, not as a refusal. Safe for use by several threads.
 */
public final class TcpProxy implements Closeable {
    private static final int BUFFER = 1 << 14;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final InetSocketAddress target;
    private final InetSocketAddress address;
    private final Selector selector;
    private final Traffic traffic;
    private final Queue<Runnable> changes = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private final List<Link> links = new ArrayList<>();
    private ServerSocketChannel listener;
    private volatile int connections;
    private volatile boolean closed;

    private TcpProxy(int port, InetSocketAddress target, boolean http) throws IOException {
        this.target = target;
        this.traffic = new Traffic(http);
        this.selector = Selector.open();
        try {
            this.address = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            selector.close();
            throw new IOException(
                    "the proxy of " + target + " cannot listen on 127.0.0.1:" + port + ": " + e.getMessage(), e);
        }
        this.thread = new Thread(this::run, "proxy-" + address.getPort());
        thread.setDaemon(true);
        thread.start();
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
        return address.getPort();
    }

    /** How many connections stand. */
    public int connections() {
        return connections;
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
        change(() -> {
            if (traffic.swallowed) {
                links.forEach(Link::cut);
            }
            traffic.pass();
            links.forEach(Link::pass);
            listen();
        });
    }

    /** Resets every connection; the next ones are as the state says. */
    public void cut() {
        change(() -> links.forEach(Link::cut));
    }

    /** As if no server were there: connections are reset, new ones refused. */
    public void refuse() {
        change(() -> {
            links.forEach(Link::cut);
            traffic.pass();
            stopListening();
        });
    }

    /** Connections stand and new ones are accepted, but nothing gets through, not even an end, and nobody is told. */
    public void blackHole() {
        change(() -> {
            traffic.pass();
            listen();
            traffic.swallowed = true;
        });
    }

    /** What the server sends comes so much later; requests get there at once, and do what they do. */
    public void delay(Duration replies) {
        change(() -> {
            traffic.pass();
            listen();
            traffic.delayNanos = replies.toNanos();
        });
    }

    /**
     * Every connection of the moment loses the next reply, and is then cut: the request has done its work, and its sender
     * cannot know. The connections that follow get their replies.
     */
    public void dropReplies() {
        change(() -> links.forEach(Link::loseReply));
    }

    /**
     * Requests of {@code /update} are answered so, and do not reach the server.
     *
     * @param status such as 429 or 503
     * @throws IllegalStateException if this is no proxy of HTTP
     */
    public void answerUpdates(int status) {
        if (!traffic.http) {
            throw new IllegalStateException("the proxy of " + target + " does not know HTTP");
        }
        change(() -> {
            traffic.pass();
            listen();
            traffic.status = status;
        });
    }

    /** Cuts all connections and listens no more. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Change {
        void make() throws IOException;
    }

    private void change(Change change) {
        CompletableFuture<Void> made = new CompletableFuture<>();
        changes.add(() -> {
            try {
                change.make();
                made.complete(null);
            } catch (IOException | RuntimeException e) {
                made.completeExceptionally(e);
            }
        });
        selector.wakeup();
        if (closed) { // after the change was added: what was added before the end is made at the end
            throw new IllegalStateException("the proxy of " + target + " is closed");
        }
        try {
            made.join();
        } catch (CompletionException e) {
            throw new IllegalStateException(
                    "the proxy of " + target + ": " + e.getCause().getMessage(), e.getCause());
        }
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        try {
            while (!closed) {
                selector.select(timeout());
                for (SelectionKey key : selector.selectedKeys()) {
                    serve(key, buffer);
                }
                selector.selectedKeys().clear();
                for (Runnable change = changes.poll(); change != null; change = changes.poll()) {
                    change.run();
                }
                links.forEach(Link::write);
                links.removeIf(link -> !link.isOpen());
                connections = links.size();
            }
        } catch (IOException e) {
            throw new IllegalStateException("the proxy of " + target, e);
        } finally {
            end();
        }
    }

    private void serve(SelectionKey key, ByteBuffer buffer) {
        if (key.attachment() instanceof Link link) {
            if (key.isValid()) {
                link.ready(key, buffer);
            }
        } else {
            accept();
        }
    }

    private void accept() {
        try {
            SocketChannel client = listener.accept();
            if (client != null) {
                links.add(new Link(client, target, selector, traffic));
            }
        } catch (IOException e) {
            // The server refuses, the client has gone again, or there are too many open files: it will come again.
        }
    }

    /** Milliseconds until a late reply is due; 0: nothing is. */
    private long timeout() {
        long now = System.nanoTime();
        long nanos =
                links.stream().mapToLong(link -> link.nanosToNext(now)).min().orElse(Long.MAX_VALUE);
        return nanos == Long.MAX_VALUE ? 0 : nanos / NANOS_PER_MILLI + 1;
    }

    private void listen() throws IOException {
        if (listener == null) {
            listen(address);
        }
    }

    private InetSocketAddress listen(InetSocketAddress where) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(where);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_ACCEPT);
            listener = channel;
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void stopListening() throws IOException {
        if (listener != null) {
            listener.close();
            selector.selectNow(); // only now is the port given back
            selector.selectedKeys().clear();
            listener = null;
        }
    }

    private void end() {
        closed = true;
        try {
            links.forEach(Link::cut);
            links.clear();
            connections = 0;
            stopListening();
            selector.close();
        } catch (IOException e) {
            // Closed all the same.
        }
        for (Runnable change = changes.poll(); change != null; change = changes.poll()) {
            change.run();
        }
    }
}
