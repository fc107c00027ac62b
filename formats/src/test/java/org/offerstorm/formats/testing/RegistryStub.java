package org.offerstorm.formats.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Answers {@code GET /schemas/ids/…} as a schema registry does, and any other way that a test wants. */
public final class RegistryStub implements AutoCloseable {
    /** Answers in place of the registry. */
    @FunctionalInterface
    public interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final Map<String, String> bodies = new ConcurrentHashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
    private final int port;
    private HttpServer server;
    private ExecutorService threads;
    private volatile Answer instead;

    public RegistryStub() {
        start(0);
        port = server.getAddress().getPort();
    }

    private void start(int at) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** A schema of Avro, under this id. */
    public RegistryStub register(int id, String schema) {
        return body("/schemas/ids/" + id, "{\"schema\":" + quoted(schema) + "}");
    }

    /** What is answered to this path, with its query. */
    public RegistryStub body(String path, String body) {
        bodies.put(path, body);
        return this;
    }

    /** All answers come from here; null: from the registry again. */
    public void answerInstead(Answer answer) {
        instead = answer;
    }

    public void answerInstead(int status, String body) {
        answerInstead(exchange -> send(exchange, status, body));
    }

    /** No connection is possible. */
    public void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Listens again, at the same address. */
    public void startAgain() {
        start(port);
    }

    /** Paths that were asked for, in order, with their queries. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** The header of each request; {@code none} if it had none. */
    public List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    @Override
    public void close() {
        stop();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        requests.add(path);
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        authorizations.add(authorization == null ? "none" : authorization);
        try {
            Answer other = instead;
            String body = bodies.get(path);
            if (other != null) {
                other.to(exchange);
            } else if (body == null) {
                send(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
            } else {
                send(exchange, 200, body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    public static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    /** The record in Avro's binary encoding, by Avro's own encoder. */
    public static byte[] encoded(GenericRecord record) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The wire format: a zero byte, the schema's id, the record. */
    public static byte[] framed(int id, byte[] encoded) {
        return ByteBuffer.allocate(5 + encoded.length)
                .put((byte) 0)
                .putInt(id)
                .put(encoded)
                .array();
    }

    /** The wire format of a record. */
    public static byte[] framed(int id, GenericRecord record) {
        return framed(id, encoded(record));
    }

    public static Schema schema(String json) {
        return new Schema.Parser().parse(json);
    }
}
