package org.offerstorm.local.trials.ingest;

import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Sends batches of offers at a rate to a server that runs, and deletes them afterwards. One thread. */
public final class IngestLoad {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int WARM_UP_SECONDS = 5;
    private static final int DELETIONS = 1_000;
    private static final int OK = 200;

    private final PrintWriter out;
    private final Settings settings;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final String run = "load-" + UUID.randomUUID().toString().substring(0, 8) + "-";
    private final LongAdder failures = new LongAdder();

    /**
     * What is sent.
     *
     * @param url of the server, with a slash at its end
     * @param key of the API; null if the server has none
     * @param perSecond offers a second
     * @param batch offers of a request
     * @param seconds measured, after a warm-up of five
     * @param offers ids that are used, each again and again
     * @param idempotent whether each request has a separate key
     */
    public record Settings(
            String url, String key, int perSecond, int batch, int seconds, int offers, boolean idempotent) {}

    public IngestLoad(PrintWriter out, Settings settings) {
        this.out = out;
        this.settings = settings;
    }

    /**
     * Sends, measures and prints.
     *
     * @param bound milliseconds that 99 % of the requests may take
     * @return whether all was stored, at the rate and within the bound
     */
    public boolean measure(int bound) throws InterruptedException {
        send(0, WARM_UP_SECONDS);
        long failedBefore = failures.sum();
        long begin = System.nanoTime();
        long[] nanos = send(WARM_UP_SECONDS, settings.seconds());
        double seconds = (System.nanoTime() - begin) / 1e9;
        long failed = failures.sum() - failedBefore;
        delete();
        Arrays.sort(nanos);
        double rate = (nanos.length - failed) * (double) settings.batch() / seconds;
        line("requests", "%,d of %d offers, %d failed", nanos.length, settings.batch(), failed);
        line("offers stored a second", "%,.0f", rate);
        line(
                "until all replicas have it",
                "p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, most %.1f ms",
                at(nanos, 0.5),
                at(nanos, 0.9),
                at(nanos, 0.99),
                at(nanos, 1));
        return failed == 0 && rate >= settings.perSecond() * 0.98 && at(nanos, 0.99) <= bound;
    }

    /** Nanoseconds of each request, from when it was due. */
    private long[] send(int from, int seconds) throws InterruptedException {
        double perSecond = settings.perSecond() / (double) settings.batch();
        int requests = (int) Math.max(1, Math.round(perSecond * seconds));
        long[] nanos = new long[requests];
        List<CompletableFuture<?>> open = new ArrayList<>(requests);
        long begin = System.nanoTime();
        for (int i = 0; i < requests; i++) {
            int index = i;
            HttpRequest request = offers((int) (from * perSecond) + i);
            long due = begin + (long) (i / perSecond * 1e9);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                TimeUnit.NANOSECONDS.sleep(left);
            }
            open.add(client.sendAsync(request, BodyHandlers.discarding())
                    .thenApply(HttpResponse::statusCode)
                    .exceptionally(failure -> 0)
                    .thenAccept(status -> {
                        nanos[index] = System.nanoTime() - due;
                        if (status != OK) {
                            failures.increment();
                        }
                    }));
        }
        open.forEach(CompletableFuture::join);
        return nanos;
    }

    private HttpRequest offers(int number) {
        StringBuilder body = new StringBuilder(settings.batch() * 300).append('[');
        for (int i = 0; i < settings.batch(); i++) {
            long id = ((long) number * settings.batch() + i) % settings.offers();
            body.append(i == 0 ? "" : ",")
                    .append(String.format(
                            Locale.ROOT,
                            "{\"id\":\"%s%d\",\"name\":\"Offer %d of a load\",\"profession_id\":%d,\"contract_type\":\"CDI\","
                                    + "\"office_latitude\":%.4f,\"office_longitude\":%.4f,\"company\":\"Load & Sons\","
                                    + "\"description\":\"Sent by ingest-load, to be deleted.\"}",
                            run,
                            id,
                            number,
                            1 + id % 20,
                            id * 37 % 140 - 70.0,
                            id * 61 % 340 - 170.0));
        }
        HttpRequest.Builder request = request("offers")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.append(']').toString()));
        if (settings.idempotent()) {
            request.header("Idempotency-Key", run + number);
        }
        return request.build();
    }

    /** What was sent, so the tables are as before. */
    private void delete() throws InterruptedException {
        long left = 0;
        for (int from = 0; from < settings.offers(); from += DELETIONS) {
            StringBuilder body = new StringBuilder();
            for (int id = from; id < Math.min(settings.offers(), from + DELETIONS); id++) {
                body.append("{\"id\":\"").append(run).append(id).append("\",\"deleted\":true}\n");
            }
            int status;
            do { // a rate limit holds here too
                status = client.sendAsync(
                                request("offers")
                                        .header("Content-Type", "application/x-ndjson")
                                        .POST(BodyPublishers.ofString(body.toString()))
                                        .build(),
                                BodyHandlers.discarding())
                        .thenApply(HttpResponse::statusCode)
                        .exceptionally(failure -> 0)
                        .join();
                if (status == 429) {
                    TimeUnit.SECONDS.sleep(1);
                }
            } while (status == 429);
            left += status == OK ? 0 : 1;
        }
        if (left > 0) {
            line("offers left behind", "ids begin with %s", run);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(settings.url() + path)).timeout(TIMEOUT);
        return settings.key() == null ? request : request.header("Authorization", "Bearer " + settings.key());
    }

    /** Milliseconds. */
    private static double at(long[] sorted, double part) {
        return sorted[(int) Math.max(0, Math.ceil(part * sorted.length) - 1)] / 1e6;
    }

    private void line(String what, String format, Object... values) {
        out.printf(Locale.ROOT, "%-28s %s%n", what, String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
