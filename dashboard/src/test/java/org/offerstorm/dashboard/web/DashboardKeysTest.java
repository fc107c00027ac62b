package org.offerstorm.dashboard.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dashboard with {@code dashboard.keys}, below a path, and what it answers to whom. */
class DashboardKeysTest {
    private static final String ANNS = "0123456789abcdef";
    private static final String BOBS = "fedcba9876543210";
    private static final String BEARER = "Authorization: Bearer " + ANNS + "\r\n";

    @TempDir
    static Path directory;

    private static DashboardFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        fixture = new DashboardFixture(
                directory,
                "dashboard.path=/jobs/",
                "dashboard.keys.ann=" + key(ANNS),
                "dashboard.keys.bob=" + key(BOBS));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> fixture.get("api/health").statusCode() == 200); // it has found Redis
    }

    @AfterAll
    static void end() throws IOException {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/jobs",
                "/jobs/",
                "/search",
                "/pipeline",
                "/offers/1",
                "/assets/app.js",
                "/api/counts",
                "/api/changes/recent",
                "/api/openapi.json",
                "/api/offers?q=java",
                "/metrics",
                "/nothing"
            })
    void every_path_needs_a_key(String path) throws IOException {
        String answer = answer(path, "");

        assertThat(answer)
                .startsWith("HTTP/1.1 401 ")
                .contains(
                        "\r\nWWW-Authenticate: Basic realm=\"Offerstorm\", charset=\"UTF-8\"\r\n",
                        "\r\nCache-Control: no-store\r\n",
                        "\r\nContent-Type: text/plain; charset=utf-8\r\n",
                        "\r\nX-Content-Type-Options: nosniff\r\n",
                        "as the password, with any user name",
                        "'Authorization: Bearer KEY'")
                .doesNotContain(ANNS, BOBS, "127.0.0.1", "redis", "ETag");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/jobs/", "/search", "/pipeline", "/assets/app.js", "/api/counts", "/jobs/metrics"})
    void each_reader_may_read_as_a_program_and_in_a_browser(String path) throws IOException {
        assertThat(answer(path, BEARER)).startsWith("HTTP/1.1 200 ");
        assertThat(answer(path, "Authorization: bearer " + BOBS + "\r\n")).startsWith("HTTP/1.1 200 ");
        assertThat(answer(path, basic("somebody", ANNS))).startsWith("HTTP/1.1 200 ");
        assertThat(answer(path, basic("", BOBS))).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void a_wrong_or_malformed_key_is_refused_and_nothing_breaks() throws IOException {
        for (String header : new String[] {
            "Authorization: Bearer 0123456789abcdeF\r\n",
            "Authorization: Bearer\r\n",
            "Authorization: " + ANNS + "\r\n",
            "Authorization: Digest " + ANNS + "\r\n",
            "Authorization: Basic %%%=\r\n",
            "Authorization: Basic \u00e9\u00ff\r\n",
            "Authorization: Basic " + ANNS + "\r\n",
            "Authorization: Basic " + "=".repeat(60_000) + "\r\n",
            "Authorization: Bearer " + "x".repeat(60_000) + "\r\n",
            "Cookie: key=" + ANNS + "\r\n",
            basic(ANNS, "ann"),
            basic("ann", ""),
            basic("ann", "x".repeat(40_000))
        }) {
            assertThat(answer("/api/counts", header)).as(header).startsWith("HTTP/1.1 401 ");
        }
        assertThat(answer("/api/counts?key=" + ANNS, "")).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void a_header_beyond_the_bounds_of_requests_ends_its_connection_alone() throws IOException {
        String answer;
        try {
            answer = answer("/api/counts", "Authorization: Basic " + "=".repeat(100_000) + "\r\n");
        } catch (SocketException e) {
            answer = ""; // closed while the header was still being sent
        }
        assertThat(answer).doesNotContain("HTTP/1.1 200", "HTTP/1.1 500");
        assertThat(answer("/api/counts", BEARER)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/live", "/ready", "/api/health", "/jobs/live", "/jobs/ready", "/jobs/api/health"})
    void monitors_need_no_key(String path) throws IOException {
        assertThat(answer(path, "")).startsWith("HTTP/1.1 200 ");
        assertThat(answer(path, "Authorization: Bearer wrong\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/live/../api/counts",
                "/api/health/../counts",
                "/live/..%2Fapi/counts",
                "/live;/../api/counts",
                "/api/counts;/live",
                "/live%00",
                "//live",
                "/api/counts?/live"
            })
    void a_path_that_looks_like_a_monitors_needs_a_key(String path) throws IOException {
        assertThat(answer(path, "")).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void another_host_and_another_method_are_refused_before_a_key_is_asked_for() throws IOException {
        for (String header : new String[] {"", BEARER, "Authorization: Bearer wrong\r\n"}) {
            assertThat(send("GET / HTTP/1.1\r\nHost: jobs.example.org\r\nConnection: close\r\n" + header + "\r\n"))
                    .startsWith("HTTP/1.1 421 ")
                    .doesNotContain("WWW-Authenticate");
            assertThat(send("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n"))
                    .startsWith("HTTP/1.1 405 ")
                    .doesNotContain("WWW-Authenticate");
        }
    }

    @Test
    void events_come_to_readers_alone() throws IOException {
        int viewers = fixture.dashboard().server().viewers();
        assertThatThrownBy(() -> fixture.events(null)).hasMessageContaining(" 401 ");
        assertThat(fixture.dashboard().server().viewers()).isEqualTo(viewers);

        for (String header : new String[] {BEARER, basic("bob", BOBS)}) {
            try (EventStream events =
                    new EventStream(fixture.dashboard().server().port(), null, header)) {
                assertThat(events.next("counts").data().get("total").asLong()).isZero();
            }
        }
    }

    @Test
    void what_a_browser_has_is_confirmed_to_readers_alone() throws IOException {
        String first = answer("/api/openapi.json", BEARER);
        String tag = first.replaceAll("(?s).*\r\nETag: ([^\r]+)\r\n.*", "$1");
        String condition = "If-None-Match: " + tag + "\r\n";

        assertThat(answer("/api/openapi.json", condition + BEARER)).startsWith("HTTP/1.1 304 ");
        assertThat(answer("/api/openapi.json", condition)).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void a_head_request_needs_a_key_too() throws IOException {
        String head = "HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

        assertThat(send(head + "\r\n")).startsWith("HTTP/1.1 401 ").endsWith("\r\n\r\n");
        assertThat(send(head + BEARER + "\r\n")).startsWith("HTTP/1.1 200 ");
    }

    private static String key(String key) throws IOException {
        return "${file:" + Files.writeString(directory.resolve("key-" + key), key + "\n") + "}";
    }

    private static String basic(String user, String password) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8))
                + "\r\n";
    }

    private static String answer(String path, String headers) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n");
    }

    private static String send(String request) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), fixture.dashboard().server().port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
