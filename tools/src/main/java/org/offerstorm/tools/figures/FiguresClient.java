package org.offerstorm.tools.figures;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.offerstorm.core.http.Bounded;
import org.offerstorm.core.http.BoundedRequest;
import org.offerstorm.core.text.PlainText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks workers for their figures, all at once; each has three seconds and {@value #ANSWER_BYTES} bytes. Any thread. */
public final class FiguresClient {
    /** {@link #reason} if nobody listens. */
    public static final String NO_CONNECTION = "no connection";

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    /** Longest answer; that of a worker with twelve partitions and all sinks has a hundredth of it. */
    static final int ANSWER_BYTES = 2 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(FiguresClient.class);
    private static final int OK = 200;

    private final Duration deadline;
    private final HttpClient http;
    private final ObjectMapper json = new ObjectMapper();

    /** Connects to nothing. */
    public FiguresClient() {
        this(TIMEOUT);
    }

    /** @param deadline from the question to the last byte of the answer */
    FiguresClient(Duration deadline) {
        this.deadline = deadline;
        http = HttpClient.newBuilder()
                .connectTimeout(deadline)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
    }

    /**
     * A worker's answer.
     *
     * @param address {@code HOST:PORT}, as it was asked for
     * @param figures nothing if it does not answer
     * @param silence why there are no figures; empty if there are
     */
    public record Answer(String address, Optional<WorkerFigures> figures, String silence) {}

    /**
     * Asks all, and waits for the last.
     *
     * @param addresses {@code HOST:PORT}, an IPv6 address in brackets
     * @return one answer each, in the same order; an address that is none has a reason, too
     */
    public List<Answer> ask(List<String> addresses) {
        List<CompletableFuture<Answer>> answers = addresses.stream()
                .map(address -> figures(address)
                        .thenApply(figures -> new Answer(address, Optional.of(figures), ""))
                        .exceptionally(failure -> new Answer(address, Optional.empty(), reason(failure))))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    /** Asks one. Fails with what {@link #reason} can say. */
    public CompletableFuture<WorkerFigures> figures(String address) {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(url(address)).timeout(deadline).build();
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
        return BoundedRequest.send(http, request, deadline, ANSWER_BYTES).thenApply(this::read);
    }

    /** Where a worker of this address has its figures. */
    public static URI url(String address) {
        return URI.create("http://" + address + FiguresPages.FIGURES);
    }

    /** Why there is no answer, in some words. */
    public static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ConnectException || cause instanceof ClosedChannelException) {
            return NO_CONNECTION;
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private WorkerFigures read(HttpResponse<Bounded.Body> response) {
        byte[] body = response.body().bytes();
        if (response.statusCode() != OK) {
            throw new IllegalStateException("status " + response.statusCode() + ", "
                    + PlainText.excerpt(new String(body, StandardCharsets.UTF_8).strip()));
        }
        if (!response.body().isWhole()) {
            throw new IllegalStateException("its answer is longer than " + ANSWER_BYTES + " bytes; is it a worker?");
        }
        try {
            WorkerFigures figures = json.readValue(body, WorkerFigures.class);
            if (isWhole(figures)) {
                return figures;
            }
        } catch (IOException e) { // quotes what came
            LOG.debug("No figures", e);
        }
        throw new IllegalStateException("its answer is not a worker's figures");
    }

    /** Whether it has all that readers rely on: anything may listen at a port, and answer with other JSON. */
    private static boolean isWhole(WorkerFigures figures) {
        return figures != null
                && figures.topology() != null
                && figures.tasks() != null
                && figures.tasks().stream().allMatch(FiguresClient::isWhole);
    }

    private static boolean isWhole(TaskFigures task) {
        return task != null
                && task.component() != null
                && isWhole(task.numbers())
                && isWhole(task.texts())
                && isWhole(task.histograms());
    }

    private static boolean isWhole(Map<String, ?> map) {
        return map != null && map.values().stream().allMatch(Objects::nonNull);
    }
}
