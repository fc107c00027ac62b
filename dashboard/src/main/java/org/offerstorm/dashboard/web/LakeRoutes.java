package org.offerstorm.dashboard.web;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.PathHandler;
import io.undertow.util.StatusCodes;
import java.time.Instant;
import java.util.Deque;
import java.util.Map;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.core.text.UtcInstant;
import org.offerstorm.dashboard.lake.LakeAway;
import org.offerstorm.dashboard.lake.LakeClient;
import org.offerstorm.dashboard.lake.LakeCounts.Layer;
import org.offerstorm.dashboard.live.LiveTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table, from whoever is asked: Redis' is in memory, the lake is waited for on a worker thread. What is wrong with a
 * request is answered with 400 and the reason, a lake that gives no answer with 503.
 */
final class LakeRoutes {
    private static final Logger log = LoggerFactory.getLogger(LakeRoutes.class);

    private LakeRoutes() {}

    static void add(PathHandler paths, LiveTable live, LakeClient lake) {
        paths.addExactPath("/api/counts", exchange -> {
            Question question;
            try {
                question = question(exchange.getQueryParameters());
            } catch (IllegalArgumentException e) {
                exchange.setStatusCode(StatusCodes.BAD_REQUEST);
                Body.send(exchange, SearchJson.error(e.getMessage()));
                return;
            }
            if (question == null) {
                Body.send(exchange, Api.counts(live.table()));
            } else {
                answer(() -> LakeJson.counts(lake.counts(question.layer(), question.at())))
                        .handleRequest(exchange);
            }
        });
        paths.addExactPath("/api/lake", answer(() -> range(lake)));
    }

    private record Question(Layer layer, Instant at) {}

    private interface Answer {
        byte[] document() throws LakeAway;
    }

    /** Null for the live table. */
    private static Question question(Map<String, Deque<String>> parameters) {
        String at = only(parameters, "at");
        String from = only(parameters, "from");
        if (from == null) {
            from = at == null ? "live" : Layer.BATCH.word();
        }
        Layer layer =
                switch (from) {
                    case "live" -> null;
                    case "batch" -> Layer.BATCH;
                    case "merged" -> Layer.MERGED;
                    default ->
                        throw new IllegalArgumentException(
                                "from is '" + PlainText.excerpt(from) + "'; write live, batch or merged");
                };
        if (at != null && layer != Layer.BATCH) {
            throw new IllegalArgumentException(
                    "at asks the history, which is a part of the batch; leave from=" + from + " out");
        }
        return layer == null ? null : new Question(layer, at == null ? null : UtcInstant.parse(at));
    }

    private static String only(Map<String, Deque<String>> parameters, String name) {
        Deque<String> values = parameters.get(name);
        if (values != null && values.size() > 1) {
            throw new IllegalArgumentException("'" + name + "' is there twice");
        }
        return values == null ? null : values.getFirst();
    }

    /** Whether there is a lake is no failure: the page asks. */
    private static byte[] range(LakeClient lake) {
        if (!lake.isServed()) {
            return LakeJson.none();
        }
        try {
            return LakeJson.range(lake.range());
        } catch (LakeAway e) {
            return LakeJson.away(e.getMessage());
        }
    }

    private static HttpHandler answer(Answer answer) {
        return exchange -> exchange.dispatch(() -> send(exchange, answer));
    }

    private static void send(HttpServerExchange exchange, Answer answer) {
        byte[] body;
        try {
            body = answer.document();
        } catch (LakeAway e) {
            exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE);
            body = SearchJson.error(e.getMessage());
        } catch (RuntimeException e) { // nothing else would end the exchange, and its client would wait forever
            log.error("Lake", e);
            exchange.setStatusCode(StatusCodes.INTERNAL_SERVER_ERROR);
            body = SearchJson.error("the question failed; the dashboard's log has the reason");
        }
        Body.send(exchange, body);
    }
}
