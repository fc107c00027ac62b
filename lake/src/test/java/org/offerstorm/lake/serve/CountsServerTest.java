package org.offerstorm.lake.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the lake's server takes, refuses and keeps waiting. */
class CountsServerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private CountsServer server;

    /** Gives back the question. */
    private static class Echo implements CountsServer.Answers {
        @Override
        public byte[] counts(CountsQuestion question) throws IOException, CountsServer.NotThere {
            return ("{\"question\":\"" + question + "\"}").getBytes(UTF_8);
        }

        @Override
        public byte[] range() throws CountsServer.NotThere {
            throw new CountsServer.NotThere("there is no lake yet");
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_question_is_taken_as_it_is_written() throws Exception {
        server = CountsServer.start(0, new Echo());

        assertThat(get("/counts").body()).contains("" + new CountsQuestion(false, null));
        assertThat(get("/counts?from=merged").body()).contains("" + new CountsQuestion(true, null));
        assertThat(get("/counts?at=2026-11-01&from=batch").body())
                .contains("" + new CountsQuestion(false, Instant.parse("2026-11-01T00:00:00Z")));
        assertThat(get("/counts").headers().firstValue("Content-Type")).contains("application/json");
        assertThat(get("/lake").statusCode()).isEqualTo(503);
        assertThat(error(get("/lake"))).isEqualTo("there is no lake yet");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            /counts?from=live             | 400 | from is 'live'; the lake has batch and merged
            /counts?at=now                | 400 | 'now' is not a point in time; write 2026-11-01 or 2026-11-01T09:30:00Z, in UTC
            /counts?at=2026-11-01&at=x    | 400 | 'at' is there twice
            /counts?from=merged&at=2026-11-01 | 400 | at asks the history, which is a part of the batch; leave from=merged out
            /counts?until=2026-11-01      | 400 | there is no parameter 'until'; there are from and at
            /tables                       | 404 | there are /counts and /lake
            """)
    void everything_else_is_refused_with_the_reason(String path, int status, String reason) throws Exception {
        server = CountsServer.start(0, new Echo());

        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(error(answer)).isEqualTo(reason);
    }

    @Test
    void other_names_and_other_methods_are_refused() throws Exception {
        server = CountsServer.start(0, new Echo());

        assertThat(raw("GET /counts HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421 ");
        assertThat(raw("POST /counts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 405 ");
        assertThat(raw("GET /counts HTTP/1.1\r\nHost: localhost:80\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void questions_wait_for_each_other_and_not_more_than_a_few() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        server = CountsServer.start(0, new Echo() {
            @Override
            public byte[] counts(CountsQuestion question) throws IOException {
                try {
                    open.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return "{}".getBytes(UTF_8);
            }
        });
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        CompletableFuture<HttpResponse<String>> first = new CompletableFuture<>();
        for (int i = 0; i < 9; i++) {
            asked.add(client.sendAsync(request("/counts"), HttpResponse.BodyHandlers.ofString())
                    .whenComplete((answer, failure) -> first.complete(answer)));
        }
        assertThat(error(first.join())).isEqualTo("too many questions wait for the lake; try again in a moment");

        open.countDown();
        assertThat(asked)
                .extracting(answer -> answer.join().statusCode())
                .containsOnlyOnce(503)
                .contains(200);
    }

    @Test
    void a_question_that_takes_too_long_or_fails_gets_an_answer() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        server = CountsServer.start(
                0,
                new Echo() {
                    @Override
                    public byte[] counts(CountsQuestion question) throws IOException {
                        if (question.at() != null) {
                            throw new IOException("hdfs://secret:9000 is away");
                        }
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return new byte[0];
                    }

                    @Override
                    public byte[] range() {
                        throw new IllegalStateException("a defect");
                    }
                },
                Duration.ofSeconds(1));

        HttpResponse<String> failed = get("/counts?at=2026-11-01");
        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(error(failed)).isEqualTo("HDFS cannot be read; the log of 'lake serve' has the reason");
        assertThat(get("/lake").statusCode()).isEqualTo(500);
        HttpResponse<String> late = get("/counts");
        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(error(late)).isEqualTo("the lake takes longer than 1 s");
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path)).build();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path), HttpResponse.BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(server.url()).getPort())) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static String error(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body()).get("error").asText();
    }
}
