package org.offerstorm.local.servers.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One client's connection and the one to the server that belongs to it. Used by the proxy's thread. */
final class Link {
    private final SocketChannel client;
    private final SocketChannel server;
    private final SelectionKey clientKey;
    private final SelectionKey serverKey;
    private final Flow up = new Flow();
    private final Flow down = new Flow();
    private final Traffic traffic;
    private final HttpRequests requests;
    private boolean replyToLose;
    private boolean open = true;

    /**
     * Begins to connect to the server.
     *
     * @throws IOException if that fails at once; the client's connection is reset
     */
    Link(SocketChannel client, InetSocketAddress target, Selector selector, Traffic traffic) throws IOException {
        this.client = client;
        this.traffic = traffic;
        this.requests = traffic.http
                ? new HttpRequests(
                        () -> traffic.status,
                        bytes -> up.add(bytes, System.nanoTime()),
                        bytes -> down.add(bytes, System.nanoTime()))
                : null;
        this.server = SocketChannel.open();
        boolean connected;
        try {
            prepare(client);
            prepare(server);
            connected = server.connect(target);
        } catch (IOException e) { // a server of this machine that is down refuses at once
            reset(client);
            reset(server);
            throw e;
        }
        clientKey = client.register(selector, SelectionKey.OP_READ, this);
        serverKey = server.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
    }

    boolean isOpen() {
        return open;
    }

    /** The next bytes of the server are lost, and the connection with them. */
    void loseReply() {
        replyToLose = true;
    }

    /** Late replies are due now; none is lost any more. */
    void pass() {
        replyToLose = false;
        down.hurry();
    }

    /** Does what one of its channels is ready for. */
    void ready(SelectionKey key, ByteBuffer buffer) {
        try {
            if (key.isConnectable()) {
                server.finishConnect();
            }
            if (key.isReadable()) {
                read(key == clientKey, buffer);
            }
            write();
        } catch (IOException | CancelledKeyException e) {
            cut(); // as the other end would see it without a proxy
        }
    }

    /** Writes what is due. */
    void write() {
        if (!open) {
            return;
        }
        try {
            long now = System.nanoTime();
            if (!traffic.swallowed) {
                down.writeTo(client, now);
                if (server.isConnected()) {
                    up.writeTo(server, now);
                }
            }
            if (up.isThrough() && down.isThrough()) {
                close();
            } else {
                clientKey.interestOps(interests(up, down));
                serverKey.interestOps(server.isConnected() ? interests(down, up) : SelectionKey.OP_CONNECT);
            }
        } catch (IOException | CancelledKeyException e) {
            cut();
        }
    }

    /** Until a late reply is due. */
    long nanosToNext(long now) {
        return down.nanosToNext(now);
    }

    /** Ends both connections with a reset; what is on its way is lost. */
    void cut() {
        reset(client);
        reset(server);
        open = false;
    }

    private void read(boolean ofClient, ByteBuffer buffer) throws IOException {
        buffer.clear();
        boolean ended = (ofClient ? client : server).read(buffer) < 0;
        buffer.flip();
        if (ended) {
            (ofClient ? up : down).end();
        } else if (traffic.swallowed) {
            traffic.bytesSwallowed.addAndGet(buffer.remaining());
        } else if (!ofClient) {
            reply(buffer);
        } else if (requests == null) {
            up.add(buffer, System.nanoTime());
        } else {
            traffic.answered.addAndGet(requests.take(buffer));
        }
    }

    private void reply(ByteBuffer bytes) throws IOException {
        if (replyToLose && bytes.hasRemaining()) {
            traffic.repliesLost.incrementAndGet();
            throw new IOException("the reply is lost");
        }
        down.add(bytes, System.nanoTime() + traffic.delayNanos);
    }

    private static int interests(Flow read, Flow written) {
        return (read.wantsBytes() ? SelectionKey.OP_READ : 0) | (written.isBlocked() ? SelectionKey.OP_WRITE : 0);
    }

    private void close() {
        open = false;
        close(client);
        close(server);
    }

    private static void prepare(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    private static void reset(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // The other end has closed it: nothing to reset.
        }
        close(channel);
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Closed anyway.
        }
    }
}
