package org.offerstorm.tools.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The server alone. */
class FiguresServerTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final byte[] REQUEST = "x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @Test
    void a_long_answer_reaches_a_reader_who_takes_his_time() throws Exception {
        byte[] large = new byte[20 << 20];
        try (FiguresServer server = new FiguresServer(ANY, head -> large)) {
            server.start();
            try (Socket reader = connect(server)) {
                reader.getOutputStream().write(REQUEST);
                Thread.sleep(200);
                assertThat(reader.getInputStream().readAllBytes()).hasSize(large.length);
            }
        }
    }

    @Test
    void readers_who_do_not_read_give_way_to_newer_ones() throws Exception {
        byte[] large = new byte[20 << 20];
        try (FiguresServer server =
                new FiguresServer(ANY, head -> head.startsWith("small") ? new byte[] {'1'} : large)) {
            server.start();
            Socket[] idle = new Socket[FiguresServer.CONNECTIONS + 10];
            for (int i = 0; i < idle.length; i++) {
                idle[i] = connect(server);
                idle[i].getOutputStream().write(REQUEST);
            }
            try (Socket reader = connect(server)) {
                reader.getOutputStream().write("small\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(reader.getInputStream().readAllBytes()).containsExactly('1');
            }
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void an_answer_that_fails_closes_one_connection() throws Exception {
        try (FiguresServer server = new FiguresServer(ANY, head -> {
            if (head.startsWith("x")) {
                throw new IllegalStateException("as a test wants it");
            }
            return new byte[] {'1'};
        })) {
            server.start();
            try (Socket failing = connect(server);
                    Socket fine = connect(server)) {
                failing.getOutputStream().write(REQUEST);
                assertThat(failing.getInputStream().read()).isEqualTo(-1);
                fine.getOutputStream().write("y\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(fine.getInputStream().readAllBytes()).containsExactly('1');
            }
        }
    }

    private static Socket connect(FiguresServer server) throws IOException {
        Socket socket = new Socket();
        socket.connect(server.address(), 60_000);
        socket.setSoTimeout(60_000);
        return socket;
    }
}
