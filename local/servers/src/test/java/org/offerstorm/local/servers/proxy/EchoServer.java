package org.offerstorm.local.servers.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.offerstorm.local.servers.FreePorts;

/** Sends back what it receives, and remembers the last 1,000 bytes of it. */
final class EchoServer implements AutoCloseable {
    private static final int REMEMBERED = 1_000;

    private final ServerSocket listener = new ServerSocket(FreePorts.one(), 50, InetAddress.getLoopbackAddress());
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final AtomicInteger resets = new AtomicInteger();
    private final Thread acceptor;

    EchoServer() throws IOException {
        acceptor = start(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    String received() {
        synchronized (received) {
            return received.toString(StandardCharsets.US_ASCII);
        }
    }

    int resets() {
        return resets.get();
    }

    /** Returns when nobody listens: a call of accept that is under way may still take a connection after the close. */
    @Override
    public void close() throws IOException {
        listener.close();
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                if (listener.isClosed()) {
                    socket.setSoLinger(true, 0); // resets it
                    socket.close();
                } else {
                    start(() -> echo(socket));
                }
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void echo(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                synchronized (received) {
                    received.write(buffer, 0, Math.min(count, Math.max(0, REMEMBERED - received.size())));
                }
                socket.getOutputStream().write(buffer, 0, count);
            }
        } catch (IOException e) {
            resets.incrementAndGet();
        }
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "echo");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
