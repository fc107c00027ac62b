package org.offerstorm.tools.figures;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.offerstorm.core.text.PlainText;

/** Asks workers for their figures, all at once; each has three seconds. Any thread. */
public final class FiguresClient {
    /** {@link #reason} if nobody listens. */
    public static final String NO_CONNECTION = "no connection";

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private final ObjectMapper json = new ObjectMapper();

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
            request = HttpRequest.newBuilder(url(address)).timeout(TIMEOUT).build();
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()).thenApply(this::read);
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

    private WorkerFigures read(HttpResponse<byte[]> response) {
        if (response.statusCode() != OK) {
            throw new IllegalStateException("status " + response.statusCode() + ", "
                    + PlainText.excerpt(new String(response.body(), StandardCharsets.UTF_8).strip()));
        }
        try {
            return json.readValue(response.body(), WorkerFigures.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
