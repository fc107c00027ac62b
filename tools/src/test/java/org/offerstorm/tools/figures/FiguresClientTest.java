package org.offerstorm.tools.figures;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Questions to servers that are no workers, or answer slowly, or without end. */
class FiguresClientTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final WorkerFigures WORKER = new WorkerFigures("t-1", 6700, 42, 1, 2, 3, 4, null, List.of());

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<Peer> peers = new ArrayList<>();

    /** Sends something to each who asks, until the connection is closed. */
    private interface Script {
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    private static final class Peer {
        private final ServerSocket server;
        private final CountDownLatch closedByReader = new CountDownLatch(1);

        Peer(Script script) throws IOException {
            server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
            Thread thread = new Thread(() -> serve(script), "test-peer");
            thread.setDaemon(true);
            thread.start();
        }

        private void serve(Script script) {
            try (Socket socket = server.accept()) {
                socket.getInputStream().read();
                try {
                    script.answer(socket.getOutputStream());
                    socket.getOutputStream().flush();
                    socket.shutdownOutput();
                    while (socket.getInputStream().read() >= 0) {
                        // the rest of the request, and then the end
                    }
                } finally {
                    closedByReader.countDown();
                }
            } catch (IOException | InterruptedException e) {
                return; // as some answers want it
            }
        }

        String address() {
            return "127.0.0.1:" + server.getLocalPort();
        }
    }

    @AfterEach
    void end() throws IOException {
        for (Peer peer : peers) {
            peer.server.close();
        }
    }

    @Test
    void an_answer_has_a_limit_of_time_and_bytes_and_its_connection_is_closed() throws Exception {
        Peer dripping = peer(out -> {
            text(out, HEAD + "Content-Length: 1000000\r\n\r\n{");
            while (true) {
                text(out, " ");
                Thread.sleep(100);
            }
        });
        Peer stuck = peer(out -> {
            text(out, HEAD + "Content-Length: 1000000\r\n\r\n{");
            Thread.sleep(2_000);
            while (true) {
                text(out, " ");
                Thread.sleep(10);
            }
        });
        Peer endless = peer(out -> {
            text(out, HEAD + "\r\n{");
            byte[] blanks = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
            while (true) {
                out.write(blanks);
            }
        });
        Peer fine = peer(out -> body(out, json(WORKER)));

        List<FiguresClient.Answer> slow = ask(Duration.ofSeconds(1), dripping, stuck);
        List<FiguresClient.Answer> patient = ask(PATIENCE, endless, fine);

        assertThat(slow).allSatisfy(answer -> assertThat(answer.silence()).isEqualTo("no whole answer within 1000 ms"));
        assertThat(patient.get(0).silence()).startsWith("its answer is longer than 2097152 bytes");
        assertThat(patient.get(1).figures()).contains(WORKER);
        for (Peer peer : List.of(dripping, stuck, endless)) {
            assertThat(peer.closedByReader.await(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void other_json_is_not_a_workers_figures() throws Exception {
        List<String> bodies = List.of(
                "{}",
                "[]",
                "null",
                "7",
                "",
                "<html>",
                "{\"topology\":\"t\",\"tasks\":null}",
                "{\"tasks\":[]}",
                "{\"topology\":\"t\",\"tasks\":[null]}",
                "{\"topology\":\"t\",\"tasks\":[{}]}",
                "{\"topology\":\"t\",\"tasks\":[{\"component\":\"parse\",\"numbers\":{\"a\":null},\"texts\":{}}]}",
                "{\"topology\":\"t\",\"tasks\":[{\"component\":\"parse\",\"numbers\":{},\"texts\":{},"
                        + "\"histograms\":{\"a\":{\"upTo\":[1],\"counts\":[1],\"sum\":1}}}]}",
                "{\"topology\":" + "[".repeat(5_000));
        List<Peer> asked = new ArrayList<>();
        for (String body : bodies) {
            asked.add(peer(out -> body(out, body)));
        }

        assertThat(ask(PATIENCE, asked.toArray(Peer[]::new)))
                .allSatisfy(answer -> assertThat(answer.silence()).isEqualTo("its answer is not a worker's figures"));
    }

    private static List<FiguresClient.Answer> ask(Duration deadline, Peer... peers) throws Exception {
        List<String> addresses = Stream.of(peers).map(Peer::address).toList();
        return CompletableFuture.supplyAsync(() -> new FiguresClient(deadline).ask(addresses))
                .get(2, TimeUnit.MINUTES);
    }

    private Peer peer(Script script) throws IOException {
        Peer peer = new Peer(script);
        peers.add(peer);
        return peer;
    }

    private static String json(WorkerFigures figures) {
        try {
            return new ObjectMapper().writeValueAsString(figures);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void body(OutputStream out, String body) throws IOException {
        text(out, HEAD + "Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body);
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
