package org.offerstorm.tools.produce;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A relay between clients and a broker at 127.0.0.1 that keeps one kind of request from the broker. The broker's answers
 * name the relay's port instead of the broker's, so that clients stay with the relay.
 */
final class MuteRelay implements Closeable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicInteger swallowed = new AtomicInteger();
    private final int broker;
    private final int mutedKey;

    /** @param mutedKey number of the kind of requests in Kafka's protocol */
    MuteRelay(int broker, int mutedKey) throws IOException {
        this.broker = broker;
        this.mutedKey = mutedKey;
        thread(this::accept);
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** Requests that never reached the broker. */
    int swallowed() {
        return swallowed.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void thread(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (EOFException | SocketException e) {
                        // One of the two ends, or the test, has closed.
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            sockets.add(client);
            Socket server = new Socket(InetAddress.getLoopbackAddress(), broker);
            sockets.add(server);
            thread(() -> requests(client, server));
            thread(() -> answers(server, client));
        }
    }

    private void requests(Socket client, Socket server) throws IOException {
        try (DataInputStream in = new DataInputStream(client.getInputStream());
                DataOutputStream out = new DataOutputStream(server.getOutputStream())) {
            while (true) {
                byte[] request = in.readNBytes(in.readInt());
                if (ByteBuffer.wrap(request).getShort() == mutedKey) {
                    swallowed.incrementAndGet();
                } else {
                    out.write(frame(request));
                }
            }
        }
    }

    private void answers(Socket server, Socket client) throws IOException {
        byte[] own = hostAndPort(broker);
        byte[] relays = hostAndPort(listener.getLocalPort());
        try (DataInputStream in = new DataInputStream(server.getInputStream());
                DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
            while (true) {
                byte[] answer = in.readNBytes(in.readInt());
                for (int i = 0; i + own.length <= answer.length; i++) {
                    if (Arrays.equals(answer, i, i + own.length, own, 0, own.length)) {
                        System.arraycopy(relays, 0, answer, i, relays.length);
                    }
                }
                out.write(frame(answer));
            }
        }
    }

    private static byte[] frame(byte[] message) {
        return ByteBuffer.allocate(4 + message.length)
                .putInt(message.length)
                .put(message)
                .array();
    }

    private static byte[] hostAndPort(int port) {
        byte[] host = "127.0.0.1".getBytes(US_ASCII);
        return ByteBuffer.allocate(host.length + 4).put(host).putInt(port).array();
    }
}
