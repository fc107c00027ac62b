package org.offerstorm.dashboard.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers as {@code lake serve} does: 30 days, one offer more of Tech in Europe each day. */
final class FakeLake implements AutoCloseable {
    static final int DAYS = 30;
    /** When its tables were published, and its history began so many days before. */
    final Instant publishedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(120);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String text;

    FakeLake() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was asked, as path and query. */
    List<String> asked() {
        return asked;
    }

    /** Answers everything so. */
    void say(int newStatus, String newText) {
        status = newStatus;
        text = newText;
    }

    /** Answers as usual again. */
    void recover() {
        say(200, null);
    }

    Instant first() {
        return publishedAt.minusSeconds(DAYS * 86_400L);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String question = exchange.getRequestURI().toString();
            asked.add(question);
            byte[] body = (text == null ? usual(question) : text).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String usual(String question) {
        String known = "\"offsets\":\"1;0:275\",\"publishedAt\":\"" + publishedAt + "\",\"first\":\"" + first() + "\"";
        if (question.equals("/lake")) {
            return "{\"schema\":1," + known + "}";
        }
        int at = question.indexOf("at=");
        Instant instant = at < 0 ? null : Instant.parse(question.substring(at + 3));
        long count =
                instant == null ? DAYS : Math.max(0, (instant.getEpochSecond() - first().getEpochSecond()) / 86_400);
        String from = question.contains("merged") ? "merged" : "batch";
        return "{\"schema\":1,\"from\":\"" + from + "\",\"at\":null,\"countedTo\":\"1;0:" + (at < 0 ? 275 : 280) + "\","
                + known + ",\"cells\":[{\"category\":\"Software & Data\",\"continent\":\"EU\",\"count\":" + count
                + "},{\"category\":\"Health\",\"continent\":\"AF\",\"count\":2}]}";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
