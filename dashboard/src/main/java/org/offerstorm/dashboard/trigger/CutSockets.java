package org.offerstorm.dashboard.trigger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sockets of one conversation, open or over TLS, that another thread can close: the mail library has time-outs for each reading
 * alone, and a server that sends a byte a second would never end.
 */
final class CutSockets implements AutoCloseable {
    private final List<Socket> sockets = new ArrayList<>();
    private boolean cut;

    /** Closes all, now and later ones. Any thread. */
    @Override
    public synchronized void close() {
        cut = true;
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                // it was closed
            }
        }
    }

    /** Whether it was closed. */
    synchronized boolean isCut() {
        return cut;
    }

    private synchronized Socket keep(Socket socket) throws IOException {
        if (cut) {
            socket.close();
            throw new SocketException("too late");
        }
        sockets.add(socket);
        return socket;
    }

    /** Without TLS. */
    SocketFactory open() {
        return new Open();
    }

    /** @param tls puts TLS around the sockets */
    SSLSocketFactory over(SSLSocketFactory tls) {
        return new Secure(tls);
    }

    /** The library asks for sockets that are not yet connected. */
    private final class Open extends SocketFactory {
        private final SocketFactory usual = SocketFactory.getDefault();

        @Override
        public Socket createSocket() throws IOException {
            return keep(usual.createSocket());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return keep(usual.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return keep(usual.createSocket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return keep(usual.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return keep(usual.createSocket(host, port, local, localPort));
        }
    }

    /** Of one that is not connected the library puts TLS around it afterwards. */
    private final class Secure extends SSLSocketFactory {
        private final SSLSocketFactory tls;

        Secure(SSLSocketFactory tls) {
            this.tls = tls;
        }

        @Override
        public Socket createSocket() throws IOException {
            return keep(SocketFactory.getDefault().createSocket());
        }

        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
            return tls.createSocket(socket, host, port, autoClose);
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return keep(tls.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return keep(tls.createSocket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return keep(tls.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return keep(tls.createSocket(host, port, local, localPort));
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return tls.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return tls.getSupportedCipherSuites();
        }
    }
}
