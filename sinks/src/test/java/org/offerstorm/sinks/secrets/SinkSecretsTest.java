package org.offerstorm.sinks.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.DeadLetterConfig;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.SinkFactory;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.core.sink.WriteResult.Retryable;
import org.offerstorm.sinks.contract.ChunkBuilder;
import org.offerstorm.sinks.deadletter.KafkaDeadLetters;
import org.offerstorm.sinks.hdfs.HdfsConfig;
import org.offerstorm.sinks.hdfs.HdfsSinkFactory;
import org.offerstorm.sinks.redis.RedisConfig;
import org.offerstorm.sinks.redis.RedisSinkFactory;
import org.offerstorm.sinks.solr.SolrConfig;
import org.offerstorm.sinks.solr.SolrSinkFactory;

/** A secret that is missing on the worker holds the stream with a message; it is taken up when it is there. */
class SinkSecretsTest {
    private static final Source SOURCE = new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 1, 1);
    private static final String PASSWORD = "p@ss/w#rd %41+";
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final SinkContext CONTEXT = new SinkContext(0, 1, 1, "group", InstantSource.system());

    private final Chunk<Change> chunk =
            new ChunkBuilder(SOURCE).upsert("a", Cell.of("Tech", Continent.EU)).cut();

    @TempDir
    private Path directory;

    private Path secret;
    private String reference;

    @BeforeEach
    void name() {
        secret = directory.resolve("secret");
        reference = "${file:" + secret + "}";
    }

    @Test
    void redis_holds_without_its_password_and_then_logs_in_with_it() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> firstWords(server));
            String uri = "redis://ann:" + reference + "@127.0.0.1:" + server.getLocalPort();
            try (Sink sink = create(new RedisSinkFactory(new RedisConfig(uri, "t", 100, TIMEOUT)))) {
                assertHolds(sink.write(chunk));
                Files.writeString(secret, PASSWORD + "\n");
                assertThat(sink.write(chunk)).isInstanceOf(Retryable.class); // it only listens
            }
            assertThat(said.get(10, TimeUnit.SECONDS)).contains("AUTH", "ann", PASSWORD);
        }
    }

    @Test
    void redis_may_be_named_by_a_reference_alone() throws IOException {
        try (Sink sink = create(new RedisSinkFactory(new RedisConfig(reference, "t", 100, TIMEOUT)))) {
            assertHolds(sink.write(chunk));
            Files.writeString(secret, "redis://ann:geheim@127.0.0.1:1");
            assertThat(message(sink.write(chunk)))
                    .contains("Failed to connect to 127.0.0.1:1")
                    .doesNotContain("geheim");
            Files.writeString(secret, "redis://ann:geh eim@127.0.0.1:1");
            assertThat(message(sink.write(chunk)))
                    .contains("redis.uri is not a URI")
                    .doesNotContain("geh");
        }
    }

    @Test
    void solr_holds_without_its_password_and_asks_for_it_again_when_it_is_refused() throws IOException {
        List<String> headers = new java.util.concurrent.CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            headers.add(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        server.start();
        String url =
                "http://ann:" + reference + "@127.0.0.1:" + server.getAddress().getPort() + "/solr";
        try (Sink sink = create(new SolrSinkFactory(new SolrConfig(url, "offers", TIMEOUT, TIMEOUT)))) {
            assertHolds(sink.write(chunk));
            Files.writeString(secret, PASSWORD);
            assertThat(message(sink.write(chunk))).contains("answered 401").doesNotContain(PASSWORD);
            Files.writeString(secret, "changed");
            assertThat(message(sink.write(chunk))).contains("answered 401");
        } finally {
            server.stop(0);
        }
        assertThat(headers).containsExactly(basic("ann:" + PASSWORD), basic("ann:changed"));
    }

    @Test
    void hdfs_holds_without_a_secret_of_its_properties() throws IOException {
        HdfsConfig config = new HdfsConfig(
                "hdfs://127.0.0.1:1", "/offerstorm", 1 << 20, Duration.ofMinutes(1), Map.of("x.password", reference));
        try (Sink sink = create(new HdfsSinkFactory(config))) {
            assertHolds(sink.write(chunk));
            Files.writeString(secret, PASSWORD);
            assertThat(message(sink.write(chunk))).doesNotContain("cannot be read here");
        }
    }

    @Test
    void dead_letters_hold_without_a_secret_of_their_properties() {
        DeadLetterConfig config = new DeadLetterConfig("dlq", Map.of("sasl.jaas.config", reference));
        KafkaDeadLetters letters = new KafkaDeadLetters("127.0.0.1:1", config, InstantSource.system());
        assertHolds(letters.write(List.of(
                new DeadLetter(SOURCE, new SourcePosition(0, 0, 0), new byte[0], new byte[0], "parse", "x", "x"))));
        letters.close();
    }

    private static Sink create(SinkFactory factory) {
        return factory.create(CONTEXT);
    }

    private void assertHolds(WriteResult result) {
        assertThat(message(result)).contains("the configuration names " + reference + ", which cannot be read here");
    }

    private static String message(WriteResult result) {
        assertThat(result).isInstanceOf(Retryable.class);
        return ((Retryable) result).message();
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    private static String firstWords(ServerSocket server) {
        try (Socket socket = server.accept();
                InputStream in = socket.getInputStream()) {
            byte[] words = new byte[4_096];
            int length = in.read(words);
            return new String(words, 0, Math.max(0, length), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
