package org.offerstorm.core.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends requests whose whole answer has a limit. A request's own time-out ends with the headers. Any thread. */
public final class BoundedRequest {
    private BoundedRequest() {}

    /**
     * Sends a request; the connection is closed when the answer exceeds a limit.
     *
     * @param deadline from now to the last byte of the answer
     * @param limit in bytes; what is longer is cut there
     * @return fails with {@link HttpTimeoutException} after the deadline
     */
    public static CompletableFuture<HttpResponse<Bounded.Body>> send(
            HttpClient client, HttpRequest request, Duration deadline, int limit) {
        CompletableFuture<HttpResponse<Bounded.Body>> answer = client.sendAsync(request, info -> new Bounded(limit));
        CompletableFuture<HttpResponse<Bounded.Body>> bounded =
                answer.copy().orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
        return bounded.exceptionallyCompose(failure -> {
            if (!(failure instanceof TimeoutException)) {
                return CompletableFuture.failedFuture(failure);
            }
            answer.cancel(true);
            return CompletableFuture.failedFuture(
                    new HttpTimeoutException("no whole answer within " + deadline.toMillis() + " ms"));
        });
    }
}
