package org.offerstorm.core.check;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.stream.Stream;

/** Tells a server that is slow from one that is not there. */
public final class Listening {
    private static final int CONNECT_MILLIS = 1_000;

    private Listening() {}

    /**
     * Whether anyone accepts a connection at one of the addresses; takes a second for each at most.
     *
     * @param addresses {@code host:port,…}; what is none does not count
     */
    public static boolean any(String addresses) {
        return Stream.of(addresses.split(",", -1)).anyMatch(Listening::accepts);
    }

    private static boolean accepts(String address) {
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            String host = address.substring(0, colon).strip().replaceAll("[\\[\\]]", "");
            int port = Integer.parseInt(address.substring(colon + 1).strip());
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
