package org.offerstorm.dashboard.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.offerstorm.core.config.LakeConfig;
import org.offerstorm.core.http.Bounded;
import org.offerstorm.core.http.BoundedRequest;
import org.offerstorm.core.http.RenewedClient;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.core.tls.Tls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks {@code lake serve}. Waits for the answer, so it is asked on worker threads, of which it holds a few at most. Any thread. */
public final class LakeClient {
    private static final Logger log = LoggerFactory.getLogger(LakeClient.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** 60,000 cells. */
    private static final int ANSWER_BYTES = 8 << 20;
    /** Of the eight threads that also answer the search. */
    private static final int AT_A_TIME = 3;

    private static final int OK = 200;
    private static final String AWAY = "the lake does not answer; the dashboard's log has the reason";

    private final LakeConfig config;
    private final Duration timeout;
    private final RenewedClient http;
    private final ObjectMapper json = new ObjectMapper();
    private final Semaphore free = new Semaphore(AT_A_TIME);

    /** Connects to nothing. */
    public LakeClient(LakeConfig config, Tls tls) {
        this(config, tls, TIMEOUT);
    }

    /** @param timeout from a question to the last byte of its answer */
    LakeClient(LakeConfig config, Tls tls, Duration timeout) {
        this.http = new RenewedClient(
                tls, () -> HttpClient.newBuilder().connectTimeout(CONNECT).proxy(HttpClient.Builder.NO_PROXY));
        this.config = config;
        this.timeout = timeout;
    }

    /** Whether there is one to be asked. */
    public boolean isServed() {
        return config.isServed();
    }

    /** Of which time it knows anything. */
    public LakeRange range() throws LakeAway {
        return range(ask("/lake"));
    }

    /**
     * A table.
     *
     * @param at null: the newest
     */
    public LakeCounts counts(LakeCounts.Layer layer, Instant at) throws LakeAway {
        JsonNode answer = ask("/counts?from=" + layer.word() + (at == null ? "" : "&at=" + at));
        String countedTo = answer.path("countedTo").textValue();
        if (!answer.path("cells").isArray() || countedTo == null) {
            throw strange();
        }
        Map<Cell, Long> counts = new HashMap<>();
        for (JsonNode cell : answer.path("cells")) {
            counts.put(cell(cell), cell.path("count").asLong());
        }
        return new LakeCounts(layer, at, countedTo, range(answer), counts);
    }

    private Cell cell(JsonNode cell) throws LakeAway {
        String category = cell.path("category").textValue();
        if (category == null) {
            throw strange();
        }
        try {
            return Cell.of(category, Continent.valueOf(cell.path("continent").asText()));
        } catch (IllegalArgumentException e) {
            throw strange();
        }
    }

    private LakeRange range(JsonNode answer) throws LakeAway {
        String offsets = answer.path("offsets").textValue();
        String first = answer.path("first").textValue();
        try {
            if (offsets != null) {
                return new LakeRange(
                        offsets,
                        Instant.parse(answer.path("publishedAt").asText()),
                        first == null ? null : Instant.parse(first));
            }
        } catch (DateTimeException e) {
            log.debug("No time", e);
        }
        throw strange();
    }

    private LakeAway strange() {
        log.warn("What answers at lake.serve-url {} is not 'lake serve' of this version", config.serveUrl());
        return new LakeAway(AWAY);
    }

    private JsonNode ask(String question) throws LakeAway {
        if (!config.isServed()) {
            throw new LakeAway(
                    "this dashboard has no lake to ask; start 'offerstorm lake serve', and set lake.serve-url"
                            + " to the address that it prints");
        }
        if (!free.tryAcquire()) {
            throw new LakeAway("the lake has enough to do; try again in a moment");
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(config.serveUrl() + question))
                    .timeout(timeout)
                    .build();
            HttpResponse<Bounded.Body> answer = BoundedRequest.send(http.get(), request, timeout, ANSWER_BYTES)
                    .join();
            if (answer.statusCode() == OK && answer.body().isWhole()) {
                return json.readTree(answer.body().bytes());
            }
            log.warn(
                    "The lake at {} answers with status {}: {}",
                    config.serveUrl(),
                    answer.statusCode(),
                    PlainText.excerpt(new String(answer.body().bytes(), StandardCharsets.UTF_8), 300));
        } catch (CompletionException | IOException | Secrets.Unresolved e) {
            Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            log.warn("The lake at {} does not answer: {}", config.serveUrl(), cause.toString());
        } finally {
            free.release();
        }
        throw new LakeAway(AWAY);
    }
}
