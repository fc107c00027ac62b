package org.offerstorm.local.servers.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The thread that serves all connections of a proxy: it accepts them, lets each do what it is ready for, and makes the changes that other
 * threads ask for between two rounds. Its methods are for any thread.
 */
final class ProxyLoop {
    private static final int BUFFER = 1 << 14;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final InetSocketAddress target;
    private final Selector selector;
    private final ProxyPort port;
    private final Traffic traffic;
    private final Queue<Runnable> changes = new ConcurrentLinkedQueue<>();
    private final List<Link> links = new ArrayList<>();
    private final Thread thread;
    private volatile int connections;
    private volatile boolean closed;

    /** Made on the loop's thread. */
    @FunctionalInterface
    interface Change {
        void make(List<Link> links, ProxyPort port) throws IOException;
    }

    /**
     * Starts the thread, which ends the selector and the port.
     *
     * @param target the server
     * @param selector of the port
     */
    ProxyLoop(InetSocketAddress target, Selector selector, ProxyPort port, Traffic traffic) {
        this.target = target;
        this.selector = selector;
        this.port = port;
        this.traffic = traffic;
        this.thread = new Thread(this::run, "proxy-" + port.number());
        thread.setDaemon(true);
        thread.start();
    }

    /** How many connections are open. */
    int connections() {
        return connections;
    }

    /**
     * Returns when the change is made.
     *
     * @throws IllegalStateException if that fails, or the loop is closed
     */
    void change(Change change) {
        CompletableFuture<Void> made = new CompletableFuture<>();
        changes.add(() -> {
            try {
                change.make(links, port);
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

    /** Cuts all connections, gives the port back, and returns when the thread has ended. */
    void close() {
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

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        try {
            while (!closed) {
                selector.select(timeout());
                for (SelectionKey key : selector.selectedKeys()) {
                    serve(key, buffer);
                }
                selector.selectedKeys().clear();
                makeChanges();
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
            SocketChannel client = port.accept();
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

    private void makeChanges() {
        for (Runnable change = changes.poll(); change != null; change = changes.poll()) {
            change.run();
        }
    }

    private void end() {
        closed = true;
        try {
            links.forEach(Link::cut);
            links.clear();
            connections = 0;
            port.close();
            selector.close();
        } catch (IOException e) {
            // Closed anyway.
        }
        makeChanges();
    }
}
