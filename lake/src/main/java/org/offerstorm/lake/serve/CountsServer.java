package org.offerstorm.lake.serve;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.offerstorm.lake.batch.WrongTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers over HTTP on this machine's loopback address: {@code /counts?from=batch|merged&at=TIME}, and {@code /lake} for what is
 * known. Questions wait for each other, a few at most, and each a while at most; more get 503 at once.
 */
public final class CountsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CountsServer.class);
    private static final int MOST_WAITING = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int NO_METHOD = 405;
    private static final int MISDIRECTED = 421;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;
    /** Another web site may let its own name point here. */
    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

    private final HttpServer server;
    private final Answers answers;
    private final Duration patience;
    private final ExecutorService readers = Executors.newFixedThreadPool(MOST_WAITING + 2, CountsServer::daemon);
    private final ExecutorService asker = Executors.newSingleThreadExecutor(CountsServer::daemon);
    private final AtomicInteger waiting = new AtomicInteger();

    private CountsServer(HttpServer server, Answers answers, Duration patience) {
        this.server = server;
        this.answers = answers;
        this.patience = patience;
    }

    /** Gives JSON documents; called by one thread. */
    public interface Answers {
        /** Live offers by cell. */
        byte[] counts(CountsQuestion question) throws IOException, WrongTable, NotThere;

        /** Of which time anything is known. */
        byte[] range() throws IOException, WrongTable, NotThere;
    }

    /** Nothing can be answered yet. */
    public static final class NotThere extends Exception {
        private static final long serialVersionUID = 1L;

        NotThere(String message) {
            super(message);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Reply(int status, byte[] body) {
        static Reply problem(int status, String text) {
            String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(text));
            return new Reply(status, ("{\"schema\":1,\"error\":\"" + quoted + "\"}").getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Listens.
     *
     * @param port 0 for any free one
     * @throws IOException if it is taken
     */
    public static CountsServer start(int port, Answers answers) throws IOException {
        return start(port, answers, PATIENCE);
    }

    static CountsServer start(int port, Answers answers, Duration patience) throws IOException {
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), MOST_WAITING);
        CountsServer made = new CountsServer(server, answers, patience);
        server.createContext("/", made::handle);
        server.setExecutor(made.readers);
        server.start();
        return made;
    }

    /** {@code http://127.0.0.1:8091}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        readers.shutdownNow();
        asker.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = reply(exchange);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(reply.status(), head ? -1 : reply.body().length);
            if (!head) {
                exchange.getResponseBody().write(reply.body());
            }
        }
    }

    private Reply reply(HttpExchange exchange) {
        String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
        if (!NAMES.contains(host.replaceFirst(":[0-9]*$", ""))) {
            return Reply.problem(MISDIRECTED, "this is asked as 127.0.0.1 or localhost");
        }
        if (!exchange.getRequestMethod().matches("GET|HEAD")) {
            return Reply.problem(NO_METHOD, "nothing can be written here");
        }
        return switch (exchange.getRequestURI().getPath()) {
            case "/counts" -> {
                try {
                    CountsQuestion question =
                            CountsQuestion.parse(exchange.getRequestURI().getRawQuery());
                    yield ask(() -> answers.counts(question));
                } catch (IllegalArgumentException e) {
                    yield Reply.problem(BAD_REQUEST, e.getMessage());
                }
            }
            case "/lake" -> ask(answers::range);
            default -> Reply.problem(NOT_FOUND, "there are /counts and /lake");
        };
    }

    private interface Question {
        byte[] answer() throws IOException, WrongTable, NotThere;
    }

    private Reply ask(Question question) {
        try {
            if (waiting.incrementAndGet() > MOST_WAITING) {
                return Reply.problem(UNAVAILABLE, "too many questions wait for the lake; try again in a moment");
            }
            Future<byte[]> answer = asker.submit(question::answer);
            try {
                return new Reply(OK, answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                answer.cancel(false); // what has begun goes on, and is remembered
                return Reply.problem(UNAVAILABLE, "the lake takes longer than " + patience.toSeconds() + " s");
            }
        } catch (ExecutionException e) {
            return failed(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.problem(UNAVAILABLE, "the server ends");
        } finally {
            waiting.decrementAndGet();
        }
    }

    private static Reply failed(Throwable cause) {
        if (cause instanceof NotThere || cause instanceof WrongTable) {
            return Reply.problem(UNAVAILABLE, cause.getMessage());
        }
        LOG.warn("The lake could not answer", cause);
        return cause instanceof IOException
                ? Reply.problem(UNAVAILABLE, "HDFS cannot be read; the log of 'lake serve' has the reason")
                : Reply.problem(FAILED, "the lake could not answer; the log of 'lake serve' has the reason");
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "lake-serve");
        thread.setDaemon(true);
        return thread;
    }
}
