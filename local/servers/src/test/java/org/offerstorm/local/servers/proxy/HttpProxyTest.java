package org.offerstorm.local.servers.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpProxyTest {
    private static final String BODY = "x".repeat(200_000);

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpServer server;
    private TcpProxy proxy;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            int length = exchange.getRequestBody().readAllBytes().length;
            seen.add(exchange.getRequestURI() + " " + length);
            byte[] answer = "done".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        proxy = TcpProxy.openHttp(0, server.getAddress());
    }

    @AfterEach
    void close() {
        proxy.close();
        server.stop(0);
    }

    @Test
    void requests_of_one_connection_are_distinguished_with_lengths_and_with_chunks() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(post("/solr/offers/update?versions=true", BodyPublishers.ofString(BODY)))
                    .isEqualTo(200);
            assertThat(post("/solr/offers/update", chunked())).isEqualTo(200);
            assertThat(post("/solr/offers/select?q=1", BodyPublishers.noBody())).isEqualTo(200);
        }

        assertThat(seen).hasSize(9).contains("/solr/offers/update?versions=true 200000", "/solr/offers/update 200000");
        assertThat(proxy.connections()).isEqualTo(1);
    }

    @Test
    void updates_are_answered_here_and_do_not_reach_the_server_while_other_requests_do() throws Exception {
        assertThat(post("/solr/offers/update", BodyPublishers.ofString(BODY))).isEqualTo(200);

        proxy.answerUpdates(503);

        assertThat(post("/solr/offers/update?versions=true", BodyPublishers.ofString(BODY)))
                .isEqualTo(503);
        assertThat(post("/solr/offers/update", chunked())).isEqualTo(503);
        assertThat(post("/solr/offers/select", BodyPublishers.noBody())).isEqualTo(200);
        assertThat(proxy.answered()).isEqualTo(2);
        assertThat(seen).containsExactly("/solr/offers/update 200000", "/solr/offers/select 0");

        proxy.pass();

        assertThat(post("/solr/offers/update", chunked())).isEqualTo(200);
        assertThat(proxy.connections()).isEqualTo(1); // keep-alive: all that in one
    }

    private static BodyPublisher chunked() {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(BODY.getBytes(StandardCharsets.US_ASCII)));
    }

    private int post(String path, BodyPublisher body) throws InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + proxy.port() + path);
        try {
            return client.send(HttpRequest.newBuilder(uri).POST(body).build(), BodyHandlers.ofString())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
