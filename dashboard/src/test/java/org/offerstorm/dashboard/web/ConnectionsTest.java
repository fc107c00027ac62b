package org.offerstorm.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.solr.common.util.JavaBinCodec;
import org.apache.solr.common.util.NamedList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.secret.ApiKeys;
import org.offerstorm.dashboard.lake.LakeClient;
import org.offerstorm.dashboard.live.LiveTable;
import org.offerstorm.dashboard.pipeline.Observation;
import org.offerstorm.dashboard.search.OfferSearch;
import org.offerstorm.dashboard.trigger.TriggersView;
import org.offerstorm.sinks.redis.RedisConfig;
import org.offerstorm.sinks.solr.Solr;
import org.offerstorm.tools.config.ConfigLoader;
import org.offerstorm.tools.config.ReferenceTable;

/** What goes over a connection: requests that never end, answers that nobody reads, compression, caches. Stores are away. */
class ConnectionsTest {
    private static final ConnectionLimits SHORT = new ConnectionLimits(1_000, 2_000, 4_000, 1_000);

    private LiveTable live;
    private Observation observation;
    private DashboardServer server;

    @BeforeEach
    void start() throws IOException {
        start("redis://127.0.0.1:1", "http://127.0.0.1:1/solr");
    }

    private void start(String redis, String solr) throws IOException {
        start(redis, solr, SHORT);
    }

    private void start(String redis, String solr, ConnectionLimits limits) throws IOException {
        start(redis, Duration.ofSeconds(1), solr, limits);
    }

    private void start(String redis, Duration timeout, String solr, ConnectionLimits limits) throws IOException {
        OfferstormConfig config = ConfigLoader.load(null, Map.of("solr.url", solr));
        RedisConfig counts = new RedisConfig(redis, "offerstorm", 1_000, timeout);
        live = LiveTable.start(counts, InstantSource.system());
        observation = Observation.start(config, InstantSource.system(), live::link);
        server = DashboardServer.start(
                live,
                () -> TriggersView.NONE,
                counts,
                new OfferSearch(config.of(Solr.KIND), DataSet.of(ReferenceTable.builtIn()), InstantSource.system()),
                observation,
                new LakeClient(config.lake(), config.tls()),
                config.dashboard(),
                new ApiKeys("dashboard.keys", config.dashboard().keys()),
                InetAddress.getLoopbackAddress(),
                0,
                limits);
    }

    @AfterEach
    void end() {
        server.close();
        live.close();
        observation.close();
    }

    @Test
    void a_request_that_trickles_is_ended_and_events_live_on() throws Exception {
        try (Socket viewer = request("GET /api/changes HTTP/1.1\r\nHost: localhost\r\n\r\n");
                Socket quiet = connect();
                Socket half = request("GET /search HT");
                Socket header = request("GET /search HTTP/1.1\r\nHost: localhost\r\nX-A: ");
                Socket body = request("GET /search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n");
                Socket chunks =
                        request("GET /search HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")) {
            assertThat(endsWhileTrickling(half, "x")).as("line").isTrue();
            assertThat(endsWhileTrickling(header, "x")).as("header").isTrue();
            assertThat(endsWhileTrickling(body, "x")).as("body").isTrue();
            assertThat(endsWhileTrickling(chunks, "1\r\nx\r\n")).as("chunks").isTrue();
            assertThat(endsWhileTrickling(quiet, "")).as("nothing").isTrue();
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(server.viewers()).isEqualTo(1));
            Thread.sleep(2 * SHORT.idleMillis() + SHORT.answerMillis());
            assertThat(server.viewers()).isEqualTo(1);
            viewer.setSoTimeout(60_000);
            InputStream in = viewer.getInputStream();
            in.skipNBytes(in.available());
            assertThat(in.read()).as("the next event").isNotNegative();
        }
    }

    @Test
    void more_connections_than_that_wait_until_others_have_ended() throws Exception {
        end();
        start("redis://127.0.0.1:1", "http://127.0.0.1:1/solr", new ConnectionLimits(1_000, 2_000, 4_000, 10));
        List<Socket> idle = new ArrayList<>();
        long start = System.nanoTime(); // the first of them are ended while the last ones connect
        try {
            for (int i = 0; i < 30; i++) {
                idle.add(connect());
            }
            assertThat(get("/search", "").status).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(2));
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void an_answer_that_nobody_reads_is_ended() throws Exception {
        try (Socket lazy = connect()) {
            lazy.setReceiveBufferSize(4_096);
            OutputStream out = lazy.getOutputStream();
            for (int i = 0; i < 60; i++) { // more than all buffers on the way hold
                out.write("GET /assets/world.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
            }
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        try {
                            out.write("G".getBytes(StandardCharsets.US_ASCII));
                            out.flush();
                            return false;
                        } catch (IOException e) {
                            return true;
                        }
                    });
        }
    }

    @Test
    void what_is_sent_is_compressed_for_those_who_take_it() throws Exception {
        for (String path : List.of("/", "/search", "/assets/app.js", "/assets/map.json", "/api/openapi.json")) {
            Answer plain = get(path, "");
            Answer gzip = get(path, "Accept-Encoding: br;q=1.0, gzip;q=0.8\r\n");
            Answer refused = get(path, "Accept-Encoding: gzip;q=0, identity\r\n");

            assertThat(plain.status).as(path).isEqualTo(200);
            assertThat(plain.header("Content-Encoding")).as(path).isNull();
            assertThat(gzip.header("Content-Encoding")).as(path).isEqualTo("gzip");
            assertThat(refused.header("Content-Encoding")).as(path).isNull();
            assertThat(gzip.header("Vary")).as(path).contains("Accept-Encoding");
            assertThat(gzip.body().length).as(path).isLessThan(plain.body().length * 2 / 3);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
                    .as(path)
                    .isEqualTo(plain.body());
        }
        Answer head = answer("HEAD /assets/app.js HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n"
                + "Connection: close\r\n\r\n");
        assertThat(head.status).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        try (Socket viewer = request("GET /api/changes HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n")) {
            viewer.setSoTimeout(60_000);
            byte[] first = viewer.getInputStream().readNBytes(600);
            assertThat(new String(first, StandardCharsets.ISO_8859_1))
                    .contains("event: counts")
                    .doesNotContainIgnoringCase("content-encoding");
        }
    }

    @Test
    void what_a_browser_has_is_not_sent_again() throws Exception {
        for (String path : List.of("/", "/search", "/offers/1", "/assets/app.js", "/api/counts", "/api/openapi.json")) {
            for (String takes : List.of("", "Accept-Encoding: gzip\r\n")) {
                Answer first = get(path, takes);
                assertThat(first.header("Cache-Control")).as(path).isEqualTo("no-cache");
                Answer second = get(path, takes + "If-None-Match: " + first.header("ETag") + "\r\n");
                assertThat(second.status).as(path).isEqualTo(304);
                assertThat(second.body()).as(path).isEmpty();
            }
        }
        assertThat(get("/api/health", "If-None-Match: *\r\n").status).isEqualTo(503);
    }

    @Test
    void a_slash_at_the_end_of_a_page_leads_to_the_page() throws Exception {
        for (String page : List.of("/search", "/pipeline")) {
            Answer slash = get(page + "/?q=a%20b", "");
            assertThat(slash.status).isEqualTo(308);
            assertThat(java.net.URI.create(page + "/").resolve(slash.header("Location")))
                    .hasToString(page + "?q=a%20b");
            assertThat(get(page + "/", "").header("Location")).isEqualTo(".." + page);
        }
    }

    @Test
    void pages_load_files_that_browsers_may_keep_forever() throws Exception {
        for (String page : List.of("/", "/search", "/offers/1")) {
            String html = get(page, "").text();
            List<String> addresses = new ArrayList<>();
            var matcher = java.util.regex.Pattern.compile("(?:src|href)=\"([^\"]*assets/[^\"]*)\"")
                    .matcher(html);
            while (matcher.find()) {
                addresses.add(
                        java.net.URI.create(page).resolve(matcher.group(1)).toString());
            }
            assertThat(addresses).as(page).hasSizeGreaterThan(2);
            for (String address : addresses) {
                assertThat(address).matches("/assets/[0-9a-f]{16}/[a-z-]+\\.[a-z]+");
                Answer kept = get(address, "");
                assertThat(kept.status).as(address).isEqualTo(200);
                assertThat(kept.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
                String name = address.substring(address.lastIndexOf('/') + 1);
                Answer asked = get("/assets/" + name, "");
                assertThat(asked.body()).isEqualTo(kept.body());
                // Of another version: what there is, but not for long.
                Answer other = get("/assets/0123456789abcdef/" + name, "");
                assertThat(other.status).isEqualTo(200);
                assertThat(other.header("Cache-Control")).isEqualTo("no-cache");
            }
        }
        for (String none : List.of("/assets", "/assets/", "/assets/none.js", "/assets/x/app.js", "/assets/../app.js")) {
            assertThat(get(none, "").status).as(none).isEqualTo(404);
        }
    }

    @Test
    void errors_name_no_address_of_a_store() throws Exception {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(get("/api/health", "").text()).contains("Redis does not answer"));
        for (String path : List.of("/api/offers?q=java", "/api/offers/1", "/api/suggest?q=ja", "/api/health")) {
            Answer away = get(path, "");
            assertThat(away.status).as(path).isEqualTo(503);
            assertThat(away.text()).as(path).doesNotContain("127.0.0.1", "http:", "redis:", "solr/");
        }
        assertThat(get("/api/offers?q=java", "").text()).contains("the search is unavailable");
    }

    @Test
    void a_search_that_fails_is_answered() throws Exception {
        end();
        byte[] nothing = javabin();
        HttpServer solr = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        solr.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, nothing.length);
            exchange.getResponseBody().write(nothing);
            exchange.close();
        });
        solr.start();
        try {
            start("redis://127.0.0.1:1", "http://127.0.0.1:" + solr.getAddress().getPort() + "/solr");
            Answer failed = get("/api/offers?q=java", "");
            assertThat(failed.status).isEqualTo(500);
            assertThat(failed.text()).contains("the search failed; the dashboard's log has the reason");
        } finally {
            solr.stop(0);
        }
    }

    /** An answer of Solr without what was asked for. */
    private static byte[] javabin() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JavaBinCodec codec = new JavaBinCodec()) {
            codec.marshal(new NamedList<>(), bytes);
        }
        return bytes.toByteArray();
    }

    @Test
    void many_that_come_back_leave_the_search_its_threads() throws Exception {
        end();
        List<Socket> viewers = new ArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 500, InetAddress.getLoopbackAddress())) {
            // A minute: a search that waits for one of them takes longer than a search on a busy machine.
            start(
                    "redis://127.0.0.1:" + silent.getLocalPort(),
                    Duration.ofMinutes(1),
                    "http://127.0.0.1:1/solr",
                    SHORT);
            for (int i = 0; i < 200; i++) {
                viewers.add(request("GET /api/changes?after=1-1 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            }
            long start = System.nanoTime();
            assertThat(get("/api/offers?q=%22", "").status).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
            // Those who do not wait for Redis get the table at once.
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(server.viewers()).isGreaterThanOrEqualTo(200 - 66));
        } finally {
            for (Socket viewer : viewers) {
                viewer.close();
            }
        }
    }

    /** Whether the server ends a connection although a byte comes each tenth of a second, or none. */
    private static boolean endsWhileTrickling(Socket socket, String bytes) throws Exception {
        socket.setSoTimeout(100);
        long until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (System.nanoTime() < until) {
            try {
                socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
                while (socket.getInputStream().read() >= 0) {
                    // an answer may come before the request has ended
                }
                return true;
            } catch (SocketTimeoutException e) {
                // still open
            } catch (IOException e) {
                return true;
            }
        }
        return false;
    }

    private record Answer(int status, List<String> headers, String bytes) {
        String header(String name) {
            return headers.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).trim())
                    .findFirst()
                    .orElse(null);
        }

        byte[] body() {
            return bytes.getBytes(StandardCharsets.ISO_8859_1);
        }

        String text() {
            return new String(body(), StandardCharsets.UTF_8);
        }
    }

    private Answer get(String path, String headers) throws IOException {
        return answer("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n");
    }

    private Answer answer(String request) throws IOException {
        try (Socket socket = request(request)) {
            socket.setSoTimeout(60_000);
            String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            List<String> lines = text.substring(0, end).lines().toList();
            return new Answer(Integer.parseInt(lines.get(0).substring(9, 12)), lines, text.substring(end + 4));
        }
    }

    private Socket request(String text) throws IOException {
        Socket socket = connect();
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }
}
