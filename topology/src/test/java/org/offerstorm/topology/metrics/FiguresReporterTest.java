package org.offerstorm.topology.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.storm.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.local.servers.FreePorts;
import org.offerstorm.tools.figures.WorkerFigures;

/** A worker's port as anybody on the network may use it. */
class FiguresReporterTest {
    private static final int OFFSET = 1_000;
    private static final String SLOT_PORT = "worker.port";

    private final List<Socket> sockets = new ArrayList<>();
    private FiguresReporter reporter;
    private int port;

    @BeforeEach
    void start() {
        port = FreePorts.one();
        System.setProperty(SLOT_PORT, Integer.toString(port - OFFSET));
        Map<String, Object> conf = new HashMap<>();
        conf.put(Config.STORM_ID, "t-1");
        conf.put(Config.STORM_LOCAL_HOSTNAME, "127.0.0.1");
        reporter = new FiguresReporter();
        reporter.prepare(new MetricRegistry(), conf, FiguresReporter.conf(OFFSET));
        reporter.start();
    }

    @AfterEach
    void stop() throws IOException {
        System.clearProperty(SLOT_PORT);
        for (Socket socket : sockets) {
            socket.close();
        }
        reporter.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "G", "GET /figures HTT", "GET /figures HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "})
    void a_request_that_never_ends_keeps_nobody_from_asking(String half) throws Exception {
        for (int i = 0; i < 300; i++) {
            send(half);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(figures().topology()).isEqualTo("t-1");
        }
    }

    @Test
    void a_request_that_trickles_is_ended_after_some_seconds() throws Exception {
        long start = System.nanoTime(); // before the server's own time begins
        Socket slow = send("GET /figures HTTP/1.1\r\nX-Slow: ");
        slow.setSoTimeout(50);
        boolean isEnded = false;
        while (!isEnded && System.nanoTime() - start < 20_000_000_000L) {
            try {
                slow.getOutputStream().write('x');
                isEnded = slow.getInputStream().read() < 0;
            } catch (java.net.SocketTimeoutException e) {
                isEnded = false; // it is still read from
            } catch (IOException e) {
                isEnded = true;
            }
        }
        assertThat(isEnded).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(12));
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, 421",
        "evil.example:16700, 421",
        "127.0.0.1.evil.example, 421",
        "1e100.net, 421",
        "127.0.0.1, 200",
        "127.0.0.1:16700, 200",
        "192.0.2.7:16700, 200",
        "[::1]:16700, 200",
        "[fe80::1%eth0]:16700, 200",
        "localhost:1, 200",
        "LOCALHOST., 200",
        "storm-7, 200",
    })
    void a_name_that_is_not_the_machines_is_misdirected(String host, int status) throws Exception {
        assertThat(answer("GET /figures HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /figures HTTP/1.1, 200",
        "GET /figures?now HTTP/1.1, 200",
        "HEAD /figures HTTP/1.1, 200",
        "POST /figures HTTP/1.1, 405",
        "OPTIONS /figures HTTP/1.1, 405",
        "GET /figuresXYZ HTTP/1.1, 404",
        "GET /figures/ HTTP/1.1, 404",
        "GET / HTTP/1.1, 404",
        "GET http://127.0.0.1/figures HTTP/1.1, 404",
        "GET /figures, 400",
        "GET /figures HTTP/2.0, 400",
        "nonsense, 400",
    })
    void only_the_figures_and_only_to_readers(String request, int status) throws Exception {
        String answer = answer(request + "\r\nHost: 127.0.0.1\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer.contains("\"topology\":\"t-1\"")).isEqualTo(status == 200 && request.startsWith("GET"));
    }

    @Test
    void a_request_has_one_host() throws Exception {
        assertThat(answer("GET /figures HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(answer("GET /figures HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(answer("GET /figures HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void a_head_without_end_is_refused_when_it_is_too_long() throws Exception {
        assertThat(answer("GET /figures HTTP/1.1\r\nX: " + "x".repeat(9_000))).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void a_body_is_not_heeded_and_the_answer_arrives() throws Exception {
        String body = "x".repeat(200_000);
        assertThat(answer("POST /figures HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 200000\r\n\r\n" + body))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: GET, HEAD");
    }

    @Test
    void it_ends_when_storm_stops_it() throws Exception {
        reporter.stop();
        long start = System.nanoTime();
        while (System.nanoTime() - start < 60_000_000_000L) {
            try (Socket socket = new Socket()) {
                socket.connect(address());
                Thread.sleep(20);
            } catch (ConnectException e) {
                return;
            }
        }
        throw new AssertionError("still listening");
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Asks as {@code status} does. */
    private WorkerFigures figures() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/figures"))
                .timeout(Duration.ofSeconds(3))
                .build();
        HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        return new ObjectMapper().readValue(response.body(), WorkerFigures.class);
    }

    private Socket send(String text) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.connect(address(), 60_000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private String answer(String request) throws IOException {
        Socket socket = send(request);
        socket.setSoTimeout(60_000);
        InputStream in = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        byte[] bytes = new byte[8_192];
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
            answer.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
        }
        return answer.toString();
    }
}
