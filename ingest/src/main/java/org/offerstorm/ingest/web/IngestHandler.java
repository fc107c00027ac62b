package org.offerstorm.ingest.web;

import io.undertow.io.Receiver;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.offerstorm.core.secret.ApiKeys;
import org.offerstorm.core.text.Quote;
import org.offerstorm.dashboard.http.HostNames;
import org.offerstorm.dashboard.search.BadSearch;
import org.offerstorm.dashboard.search.OfferSearch;
import org.offerstorm.dashboard.search.SearchResult.Hit;
import org.offerstorm.dashboard.web.SearchJson;
import org.offerstorm.ingest.kafka.HttpAnswer;
import org.offerstorm.ingest.kafka.KafkaLink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a request is, whether its sender may send it and whether there is room for it, all before its body is read.
 * Bodies are read by the I/O threads, which wait for nobody; what waits for Kafka or Solr does so on a worker thread.
 */
final class IngestHandler implements HttpHandler {
    private static final Logger log = LoggerFactory.getLogger(IngestHandler.class);

    private static final HttpString IDEMPOTENCY_KEY = new HttpString("Idempotency-Key");
    private static final HttpString REPLAYED = new HttpString("Idempotency-Replayed");
    private static final String JSON = "application/json";
    private static final String LINES = "application/x-ndjson";
    private static final String GZIP = "gzip";
    private static final int MISDIRECTED_REQUEST = 421;
    private static final int LONGEST_KEY = 255;

    private final HostNames hosts;
    private final ApiKeys keys;
    private final RateLimits rates;
    private final IngestLimits limits;
    private final MemoryBudget memory;
    private final KafkaLink link;
    private final Writes writes;
    private final OfferSearch search;
    private final IngestMetrics metrics;
    private final IngestPages pages;
    private final Semaphore plainWriters;
    private final Semaphore keyedWriters;
    private final Semaphore readers;

    IngestHandler(
            HostNames hosts,
            ApiKeys keys,
            RateLimits rates,
            IngestLimits limits,
            MemoryBudget memory,
            KafkaLink link,
            Writes writes,
            OfferSearch search,
            IngestMetrics metrics,
            IngestPages pages) {
        this.hosts = hosts;
        this.keys = keys;
        this.rates = rates;
        this.limits = limits;
        this.memory = memory;
        this.link = link;
        this.writes = writes;
        this.search = search;
        this.metrics = metrics;
        this.pages = pages;
        this.plainWriters = new Semaphore(limits.atOnce());
        this.keyedWriters = new Semaphore(limits.keyedAtOnce());
        this.readers = new Semaphore(limits.readsAtOnce());
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        exchange.addExchangeCompleteListener((completed, next) -> {
            metrics.answered(completed.getStatusCode());
            next.proceed();
        });
        exchange.getResponseHeaders().put(Headers.X_CONTENT_TYPE_OPTIONS, "nosniff");
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        try {
            IngestRoute route = route(exchange);
            switch (route) {
                case POST_OFFERS -> post(exchange, sender(exchange));
                case DELETE_OFFER -> delete(exchange, sender(exchange));
                case GET_OFFER -> get(exchange, sender(exchange));
                default -> pages.of(route).handleRequest(exchange);
            }
        } catch (RefusedRequest e) {
            Exchanges.send(exchange, e.problem());
        }
    }

    private IngestRoute route(HttpServerExchange exchange) throws RefusedRequest {
        if (!hosts.allow(exchange.getHostName())) {
            throw new RefusedRequest(new ProblemDetails(
                    MISDIRECTED_REQUEST,
                    "unknown_host",
                    "this server does not answer to the host name " + Quote.of(exchange.getHostName())
                            + "; add it to ingest.hosts if people reach the server by it"));
        }
        if (exchange.isHostIncludedInRequestURI()) {
            throw new RefusedRequest(
                    new ProblemDetails(StatusCodes.BAD_REQUEST, "bad_path", "this is no proxy; send a path"));
        }
        String path = exchange.getRequestURI();
        String method = exchange.getRequestMethod().equals(Methods.HEAD)
                ? Methods.GET_STRING
                : exchange.getRequestMethod().toString();
        for (IngestRoute route : IngestRoute.values()) {
            if (route.hasPath(path) && route.method().equals(method)) {
                return route;
            }
        }
        String allowed = Arrays.stream(IngestRoute.values())
                .filter(route -> route.hasPath(path))
                .map(IngestRoute::method)
                .collect(Collectors.joining(", "));
        if (allowed.isEmpty()) {
            throw new RefusedRequest(new ProblemDetails(
                    StatusCodes.NOT_FOUND, "not_found", "nothing is here; /openapi.json describes what there is"));
        }
        exchange.getResponseHeaders().put(Headers.ALLOW, allowed);
        throw new RefusedRequest(
                new ProblemDetails(StatusCodes.METHOD_NOT_ALLOWED, "method_not_allowed", "here there is " + allowed));
    }

    private String sender(HttpServerExchange exchange) throws RefusedRequest {
        Optional<String> sender = keys.ofBearer(exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION));
        if (sender.isEmpty()) {
            exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Bearer");
            throw new RefusedRequest(new ProblemDetails(
                    StatusCodes.UNAUTHORIZED,
                    "unknown_key",
                    "send a key of ingest.keys as 'Authorization: Bearer KEY'"));
        }
        return sender.get();
    }

    private void post(HttpServerExchange exchange, String sender) throws RefusedRequest {
        String type = Exchanges.mediaType(exchange);
        boolean lines = type.equals(LINES);
        // A page of another site can send other types without asking.
        if (!lines && !type.equals(JSON)) {
            throw new RefusedRequest(new ProblemDetails(
                    StatusCodes.UNSUPPORTED_MEDIA_TYPE,
                    "unsupported_media_type",
                    "send Content-Type: " + JSON + " (an offer, or an array) or " + LINES + " (one a line)"));
        }
        boolean gzip = isGzip(exchange);
        String key = idempotencyKey(exchange);
        admit(sender);
        long length = exchange.getRequestContentLength();
        if (length > limits.bodyBytes()) {
            throw new RefusedRequest(tooLarge());
        }
        reserve(exchange, (length < 0 || gzip ? limits.bodyBytes() : 0) + Math.max(0, length));
        Receiver receiver = exchange.getRequestReceiver();
        receiver.setMaxBufferSize(limits.bodyBytes());
        receiver.receiveFullBytes(
                (read, body) ->
                        work(writers(key), read, () -> writes.offers(sender, gzip ? unpack(body) : body, lines, key)),
                (read, failure) -> {
                    if (failure instanceof Receiver.RequestToLargeException) {
                        Exchanges.send(read, tooLarge());
                    } else {
                        log.debug("A request broke off", failure);
                        read.endExchange();
                    }
                });
    }

    private void delete(HttpServerExchange exchange, String sender) throws RefusedRequest {
        String id = Exchanges.id(exchange);
        String key = idempotencyKey(exchange);
        admit(sender);
        work(writers(key), exchange, () -> writes.deletion(sender, id, key));
    }

    private void get(HttpServerExchange exchange, String sender) throws RefusedRequest {
        String id = Exchanges.id(exchange);
        if (rates.wait(sender) > 0) {
            throw new RefusedRequest(tooFast(sender));
        }
        rates.pay(sender, 1);
        work(readers, exchange, () -> new Writes.Done(new HttpAnswer(StatusCodes.OK, find(id)), false));
    }

    private byte[] find(String id) throws RefusedRequest {
        try {
            Hit hit = search.offer(id);
            if (hit != null) {
                return SearchJson.offer(hit);
            }
        } catch (BadSearch e) {
            log.debug("No offer has such an id", e);
        } catch (IOException e) {
            log.warn("GET: {}", e.getMessage()); // with Solr's address, which is not everybody's business
            throw new RefusedRequest(new ProblemDetails(
                    StatusCodes.SERVICE_UNAVAILABLE,
                    "search_unavailable",
                    "Solr does not answer",
                    IngestJson.RETRY_SECONDS));
        }
        throw new RefusedRequest(new ProblemDetails(
                StatusCodes.NOT_FOUND,
                "no_such_offer",
                "the search has no such offer: it was deleted, or is too new to be found yet"));
    }

    private Semaphore writers(String key) {
        return key == null ? plainWriters : keyedWriters;
    }

    private interface Work {
        Writes.Done run() throws RefusedRequest;
    }

    /** Does something that waits, if not too many wait already. */
    private void work(Semaphore free, HttpServerExchange exchange, Work work) {
        if (!free.tryAcquire()) {
            Exchanges.send(exchange, busy());
            return;
        }
        try {
            exchange.dispatch(() -> {
                try {
                    answer(exchange, work);
                } finally {
                    free.release();
                }
            });
        } catch (RejectedExecutionException e) { // the server ends
            free.release();
            exchange.endExchange();
        }
    }

    private void answer(HttpServerExchange exchange, Work work) {
        try {
            Writes.Done done = work.run();
            if (done.repeated()) {
                exchange.getResponseHeaders().put(REPLAYED, "true");
            }
            if (done.answer().status() == StatusCodes.SERVICE_UNAVAILABLE) {
                Exchanges.retry(exchange, IngestJson.RETRY_SECONDS);
            }
            Exchanges.send(exchange, done.answer());
        } catch (RefusedRequest e) {
            Exchanges.send(exchange, e.problem());
        } catch (RuntimeException e) { // nothing else would end the exchange, and its client would wait forever
            log.error("A request failed", e);
            Exchanges.send(
                    exchange,
                    new ProblemDetails(
                            StatusCodes.INTERNAL_SERVER_ERROR, "failed", "this is a bug; the server's log has more"));
        }
    }

    /** Whether the sender may send now, and Kafka is there. */
    private void admit(String sender) throws RefusedRequest {
        if (rates.wait(sender) > 0) {
            throw new RefusedRequest(tooFast(sender));
        }
        KafkaLink.State state = link.state();
        if (!state.up()) {
            throw new RefusedRequest(new ProblemDetails(
                    StatusCodes.SERVICE_UNAVAILABLE,
                    "kafka_unavailable",
                    state.problem() + "; nothing of the request was sent",
                    IngestJson.RETRY_SECONDS));
        }
    }

    private ProblemDetails tooFast(String sender) {
        return new ProblemDetails(
                StatusCodes.TOO_MANY_REQUESTS,
                "too_many_requests",
                "more items than ingest.rate allows",
                Math.max(1, rates.wait(sender)));
    }

    /** Takes memory until the request has its answer or its connection has ended. */
    private void reserve(HttpServerExchange exchange, long bytes) throws RefusedRequest {
        if (!memory.take(bytes)) {
            throw new RefusedRequest(busy());
        }
        AtomicBoolean given = new AtomicBoolean();
        Runnable give = () -> {
            if (given.compareAndSet(false, true)) {
                memory.give(bytes);
            }
        };
        exchange.addExchangeCompleteListener((completed, next) -> {
            give.run();
            next.proceed();
        });
    }

    private static boolean isGzip(HttpServerExchange exchange) throws RefusedRequest {
        String encoding = exchange.getRequestHeaders().getFirst(Headers.CONTENT_ENCODING);
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return false;
        }
        if (encoding.equalsIgnoreCase(GZIP)) {
            return true;
        }
        exchange.getResponseHeaders().put(Headers.ACCEPT_ENCODING, GZIP);
        throw new RefusedRequest(new ProblemDetails(
                StatusCodes.UNSUPPORTED_MEDIA_TYPE,
                "unsupported_encoding",
                "send the body as it is, or with Content-Encoding: " + GZIP));
    }

    private static String idempotencyKey(HttpServerExchange exchange) throws RefusedRequest {
        String key = exchange.getRequestHeaders().getFirst(IDEMPOTENCY_KEY);
        if (key == null) {
            return null;
        }
        if (key.isEmpty() || key.length() > LONGEST_KEY || !key.matches("[!-~]+")) {
            throw new RefusedRequest(new ProblemDetails(
                    StatusCodes.BAD_REQUEST,
                    "bad_key",
                    "an Idempotency-Key is 1 to " + LONGEST_KEY + " characters of ASCII without blanks"));
        }
        return key;
    }

    private byte[] unpack(byte[] body) throws RefusedRequest {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] plain = in.readNBytes(limits.bodyBytes() + 1);
            if (plain.length > limits.bodyBytes()) {
                throw new RefusedRequest(tooLarge());
            }
            return plain;
        } catch (IOException e) {
            throw new RefusedRequest(
                    new ProblemDetails(StatusCodes.BAD_REQUEST, "bad_gzip", "the body is not gzip, or is cut off"));
        }
    }

    private ProblemDetails tooLarge() {
        return new ProblemDetails(
                StatusCodes.REQUEST_ENTITY_TOO_LARGE,
                "body_too_large",
                "a body has " + limits.bodyBytes() + " bytes at most, also when it is unpacked; send several requests");
    }

    private static ProblemDetails busy() {
        return new ProblemDetails(
                StatusCodes.SERVICE_UNAVAILABLE, "busy", "too many requests are under way; nothing of it was sent", 1);
    }
}
