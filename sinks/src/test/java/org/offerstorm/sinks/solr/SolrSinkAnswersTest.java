package org.offerstorm.sinks.solr;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.util.JavaBinCodec;
import org.apache.solr.common.util.NamedList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.core.sink.WriteResult.Retryable;
import org.offerstorm.sinks.contract.ChunkBuilder;

/** What the sink makes of answers that a healthy Solr seldom gives; the server here only gives answers. */
class SolrSinkAnswersTest {
    private static final Source SOURCE = new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 1, 4);
    private static final Cell CELL = Cell.of("Tech", Continent.EU);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Chunk<Change> chunk =
            new ChunkBuilder(SOURCE).upsert("a", CELL).upsert("b", CELL).cut();
    private Duration timeout = Duration.ofSeconds(5);
    private HttpServer server;
    private volatile String authorization;
    /** What came to the core, but for reads. */
    private final List<String> calls = new CopyOnWriteArrayList<>();
    /** Status with which a request for the logs' versions, which flushes them, is answered. */
    private volatile int flush = 200;
    /** State of the update log; 3 is active. */
    private volatile int logState = 3;

    /** Answers an update. */
    private volatile Answer update = exchange -> respond(exchange, 200, javabin(written(2)));

    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/solr/offers/get", exchange -> {
            if (exchange.getRequestURI().getQuery().contains("getVersions")) {
                calls.add("flush");
                respond(exchange, flush, javabin(new NamedList<Object>()));
                return;
            }
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            NamedList<Object> answer = new NamedList<>();
            SolrDocument document = new SolrDocument();
            document.setField("source", SourceGuard.FORMAT + "/1/4/" + SOURCE.topicId() + "/offers");
            answer.add("doc", document);
            respond(exchange, 200, javabin(answer));
        });
        server.createContext("/solr/admin/metrics", exchange -> {
            NamedList<Object> metrics = new NamedList<>();
            metrics.add("solr.core.offers:TLOG.state", logState);
            NamedList<Object> answer = new NamedList<>();
            answer.add("metrics", metrics);
            respond(exchange, 200, javabin(answer));
        });
        server.createContext("/solr/offers/update", exchange -> {
            exchange.getRequestBody().readAllBytes();
            calls.add("update");
            update.to(exchange);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void written_is_done() {
        assertThat(write("")).isEqualTo(new Done(2, 0));
    }

    @Test
    void nothing_is_written_while_solr_replays_its_update_log() {
        logState = 0;
        assertThat(retryable(write(""))).contains("is replaying its update log");
        assertThat(calls).isEmpty();
    }

    @Test
    void what_is_written_is_done_only_when_all_logs_are_flushed() {
        assertThat(write("")).isEqualTo(new Done(2, 0));
        assertThat(calls).containsExactly("update", "flush");
        flush = 503;
        assertThat(retryable(write(""))).contains("answered 503");
    }

    @Test
    void what_somebody_else_wrote_is_done_only_after_a_write_that_syncs_it() {
        update = exchange -> respond(exchange, 200, javabin(written(1)));
        assertThat(write("")).isEqualTo(new Done(1, 1));
        assertThat(calls).containsExactly("update", "flush", "update", "flush");
        calls.clear();
        update = exchange -> respond(exchange, calls.size() == 1 ? 200 : 503, javabin(written(1)));
        retryable(write(""));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 403, 404, 408, 409, 429, 500, 502, 503, 504})
    void every_other_status_is_an_outage(int status) {
        update = exchange -> respond(exchange, status, javabin(new NamedList<Object>()));
        assertThat(retryable(write(""))).contains("answered " + status, "/solr/offers", "offers-1@[0,1)");
    }

    @Test
    void refusal_of_everything_is_an_outage() {
        NamedList<Object> error = new NamedList<>();
        error.add("msg", "unknown field\n2026-01-01 ERROR forged" + "!".repeat(1_000));
        NamedList<Object> answer = new NamedList<>();
        answer.add("error", error);
        update = exchange -> respond(exchange, 400, javabin(answer));
        assertThat(retryable(write("")))
                .contains("even a valid document", "unknown field 2026")
                .doesNotContain("\n")
                .hasSizeLessThan(1_000);
    }

    @Test
    void page_of_something_else_is_an_outage() {
        update = exchange -> respond(exchange, 200, "<html>Welcome</html>".getBytes(StandardCharsets.UTF_8));
        assertThat(retryable(write(""))).contains("is solr.url right?");
    }

    @Test
    void answer_that_is_cut_off_is_an_outage() {
        update = exchange -> {
            byte[] whole = javabin(written(2));
            exchange.sendResponseHeaders(200, whole.length);
            exchange.getResponseBody().write(whole, 0, whole.length / 2);
            exchange.getResponseBody().flush();
            throw new IOException("closes the connection");
        };
        assertThat(retryable(write(""))).contains("no answer from");
    }

    @Test
    void error_in_the_header_of_an_answer_is_an_outage() {
        NamedList<Object> header = new NamedList<>();
        header.add("status", 500);
        NamedList<Object> answer = new NamedList<>();
        answer.add("responseHeader", header);
        update = exchange -> respond(exchange, 200, javabin(answer));
        retryable(write(""));
    }

    @Test
    void silence_is_an_outage() {
        timeout = Duration.ofMillis(500);
        update = exchange -> awaitEnd();
        assertThat(retryable(write(""))).contains("no answer from");
    }

    @Test
    void answer_that_never_ends_is_an_outage() {
        timeout = Duration.ofMillis(500);
        update = exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            awaitEnd();
        };
        assertThat(retryable(write(""))).contains("no answer from");
    }

    @Test
    void nobody_there_is_an_outage() {
        server.stop(0);
        assertThat(retryable(write(""))).contains("is Solr running there?");
    }

    @Test
    void credentials_go_in_the_header_and_into_no_message(@TempDir Path directory) throws IOException {
        Path secret = Files.writeString(directory.resolve("password"), "s3c/r@t\n");
        update = exchange -> respond(exchange, 500, new byte[0]);
        assertThat(retryable(write("indexer:${file:" + secret + "}@")))
                .contains("/solr/offers answered 500")
                .doesNotContain("s3c", "indexer");
        String expected = Base64.getEncoder().encodeToString("indexer:s3c/r@t".getBytes(StandardCharsets.UTF_8));
        assertThat(authorization).isEqualTo("Basic " + expected);
    }

    private WriteResult write(String userInfo) {
        String url = "http://" + userInfo + "127.0.0.1:" + server.getAddress().getPort() + "/solr/";
        SolrConfig config = new SolrConfig(url, "offers", timeout, Duration.ofSeconds(1));
        try (Sink sink = new SolrSinkFactory(config).create(new SinkContext(0, 1, 1, "test", InstantSource.system()))) {
            return sink.write(chunk);
        }
    }

    private static String retryable(WriteResult result) {
        assertThat(result).isInstanceOf(Retryable.class);
        return ((Retryable) result).message();
    }

    private static NamedList<Object> written(int documents) {
        NamedList<Object> adds = new NamedList<>();
        for (int i = 0; i < documents; i++) {
            adds.add("id-" + i, 1L);
        }
        NamedList<Object> answer = new NamedList<>();
        answer.add("adds", adds);
        return answer;
    }

    private static byte[] javabin(NamedList<Object> answer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JavaBinCodec codec = new JavaBinCodec()) {
            codec.marshal(answer, bytes);
        }
        return bytes.toByteArray();
    }

    private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
