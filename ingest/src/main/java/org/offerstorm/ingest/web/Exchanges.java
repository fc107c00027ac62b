package org.offerstorm.ingest.web;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.offerstorm.ingest.kafka.HttpAnswer;

/** Reads and answers requests. Stateless. */
final class Exchanges {
    private Exchanges() {}

    static void send(HttpServerExchange exchange, HttpAnswer answer) {
        exchange.setStatusCode(answer.status());
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, IngestJson.type(answer.status()));
        exchange.getResponseSender().send(ByteBuffer.wrap(answer.body()));
    }

    static void send(HttpServerExchange exchange, ProblemDetails problem) {
        if (problem.retrySeconds() > 0) {
            retry(exchange, problem.retrySeconds());
        }
        send(exchange, new HttpAnswer(problem.status(), IngestJson.problem(problem)));
    }

    static void retry(HttpServerExchange exchange, int seconds) {
        exchange.getResponseHeaders().put(Headers.RETRY_AFTER, seconds);
    }

    /** The media type of the body, in lower case and without parameters; empty if none is given. */
    static String mediaType(HttpServerExchange exchange) {
        String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        return type == null ? "" : type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }

    /**
     * The id in the path. Undertow's own decoding leaves {@code %2F} as it is.
     *
     * @throws RefusedRequest if it is not encoded as it should be
     */
    static String id(HttpServerExchange exchange) throws RefusedRequest {
        String encoded = exchange.getRequestURI().substring(IngestRoute.OFFERS.length());
        try {
            byte[] bytes = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
                    .getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new RefusedRequest(
                    new ProblemDetails(400, "bad_path", "the id in the path is not percent-encoded UTF-8"));
        }
    }
}
