package org.offerstorm.local.servers.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** The port on which a proxy listens, or does not for a while. Used by one thread at a time. */
final class ProxyPort {
    private final Selector selector;
    private final InetSocketAddress address;
    private ServerSocketChannel listener;

    /**
     * Listens.
     *
     * @param where address and port; port 0 takes a free one
     * @throws IOException if the port is taken
     */
    ProxyPort(InetSocketAddress where, Selector selector) throws IOException {
        this.selector = selector;
        listen(where);
        this.address = (InetSocketAddress) listener.getLocalAddress();
    }

    int number() {
        return address.getPort();
    }

    /** Listens again, on the same port. */
    void open() throws IOException {
        if (listener == null) {
            listen(address);
        }
    }

    /** Listens no more: connections are refused. */
    void close() throws IOException {
        if (listener != null) {
            listener.close();
            selector.selectNow(); // only now is the port given back
            selector.selectedKeys().clear();
            listener = null;
        }
    }

    /** The next connection; null if there is none. */
    SocketChannel accept() throws IOException {
        return listener.accept();
    }

    private void listen(InetSocketAddress where) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(where);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_ACCEPT);
            listener = channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
