package org.offerstorm.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.dashboard.http.HostNames;

/** The dashboard behind a proxy that gives it a prefix, and keeps the name of the host or not. */
class BehindProxyTest {
    @TempDir
    Path directory;

    private DashboardFixture fixture;

    private void start(String... settings) throws IOException {
        fixture = new DashboardFixture(directory, settings);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> fixture.get("api/health").statusCode() == 200); // it has found Redis
    }

    @AfterEach
    void end() throws IOException {
        if (fixture != null) {
            fixture.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "jobs"})
    void prefix_may_be_removed_or_kept(String kept) throws IOException {
        start("dashboard.path=/jobs/");
        try (ReverseProxy proxy = new ReverseProxy("/jobs", fixture.url() + kept)) {
            for (String path :
                    new String[] {"", "search", "offers/1", "assets/app.js", "api/counts", "api/openapi.json"}) {
                assertThat(answer(proxy.port(), "127.0.0.1", "/jobs/" + path))
                        .as(path)
                        .startsWith("HTTP/1.1 200");
            }
            assertThat(answer(proxy.port(), "127.0.0.1", "/jobs/api/offers/a%2Fb"))
                    .as("Solr is away, the path is known")
                    .startsWith("HTTP/1.1 503");
        }
        assertThat(answer(port(), "localhost", "/api/health"))
                .as("a monitor on this machine needs no prefix")
                .startsWith("HTTP/1.1 200");
        assertThat(answer(port(), "localhost", "/jobless/api/health")).startsWith("HTTP/1.1 404");
    }

    @Test
    void prefix_without_its_slash_leads_to_the_page() throws IOException {
        start("dashboard.path=/eu/jobs/");

        assertThat(answer(port(), "localhost", "/eu/jobs?continent=EU"))
                .startsWith("HTTP/1.1 302")
                .contains("\r\nLocation: /eu/jobs/?continent=EU\r\n");
        assertThat(answer(port(), "localhost", "/eu/jobs")).contains("\r\nLocation: /eu/jobs/\r\n");
    }

    @Test
    void host_that_a_proxy_keeps_is_answered_once_it_is_listed_and_no_other() throws IOException {
        start("dashboard.hosts=jobs.example.org, [fe80::1]");

        for (String host : new String[] {
            "jobs.example.org", "JOBS.example.org:8443", "jobs.example.org.", "[fe80::1]:80", "localhost", "127.0.0.1"
        }) {
            assertThat(answer(port(), host, "/")).as(host).startsWith("HTTP/1.1 200");
        }
        for (String host : new String[] {"example.org", "x.jobs.example.org", "jobs.example.org.evil.net", "0.0.0.0"}) {
            assertThat(answer(port(), host, "/")).as(host).startsWith("HTTP/1.1 421");
        }
    }

    @Test
    void refusal_names_the_setting_and_does_not_advise_to_open_the_server() throws IOException {
        start();

        String answer = answer(port(), "jobs.example.org", "/");

        assertThat(answer)
                .startsWith("HTTP/1.1 421")
                .contains("\"jobs.example.org\"", "dashboard.hosts", "--bind of the dashboard need not change")
                .doesNotContain("start it with --bind", "0.0.0.0");
        assertThat(answer(port(), "<b>x\u001b[31m</b>", "/")).doesNotContain("\u001b");
    }

    @Test
    void list_holds_on_any_address() {
        HostNames all = new HostNames(any(), List.of());
        HostNames some = new HostNames(any(), List.of("jobs.example.org"));

        assertThat(all.allow("anything.example.org")).isTrue();
        assertThat(some.allow("jobs.example.org")).isTrue();
        assertThat(some.allow("localhost")).isTrue();
        assertThat(some.allow("anything.example.org")).isFalse();
        assertThat(some.allow(null)).isFalse();
    }

    private static InetAddress any() {
        try {
            return InetAddress.getByAddress(new byte[4]);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private int port() {
        return URI.create(fixture.url()).getPort();
    }

    private static String answer(int port, String host, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
