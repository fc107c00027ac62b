package org.offerstorm.local.trials.dashboard;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One client of the stream of events: notes when updates came and how old they were. */
final class LoadViewer implements HttpResponse.BodySubscriber<Void> {
    private static final Pattern CHANGED_AT = Pattern.compile("\"changedAt\":\"([^\"]+)\"");

    private final CompletableFuture<Void> body = new CompletableFuture<>();
    private final Consumer<String> onUpdate;
    private final StringBuilder line = new StringBuilder();
    private final List<Long> arrivals = new ArrayList<>();
    private final List<Long> agesMillis = new ArrayList<>();
    private String event = "";
    private long bytes;
    private boolean ended;

    private LoadViewer(Consumer<String> onUpdate) {
        this.onUpdate = onUpdate;
    }

    /** Connects; {@code onUpdate} gets each update's data on the client's thread. */
    static LoadViewer open(HttpClient client, String url, Consumer<String> onUpdate) {
        LoadViewer viewer = new LoadViewer(onUpdate);
        var unused = client.sendAsync(
                HttpRequest.newBuilder(URI.create(url + "api/changes")).build(), info -> viewer);
        return viewer;
    }

    /** When updates came, by System.nanoTime. */
    synchronized List<Long> arrivals() {
        return List.copyOf(arrivals);
    }

    /** From Redis to here, by the machine's clock. */
    synchronized List<Long> agesMillis() {
        return List.copyOf(agesMillis);
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized boolean ended() {
        return ended;
    }

    /** The largest number of updates in any span of so many seconds. */
    int mostIn(int seconds) {
        List<Long> times = arrivals();
        int most = 0;
        int from = 0;
        for (int to = 0; to < times.size(); to++) {
            while (times.get(to) - times.get(from) >= seconds * 1_000_000_000L) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            bytes += buffer.remaining();
            String text = StandardCharsets.ISO_8859_1.decode(buffer).toString();
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) == '\n') {
                    take(line.toString());
                    line.setLength(0);
                } else {
                    line.append(text.charAt(i));
                }
            }
        }
    }

    private void take(String text) {
        if (text.startsWith("event: ")) {
            event = text.substring("event: ".length());
        } else if (text.startsWith("data: ") && event.equals("changes")) {
            arrivals.add(System.nanoTime());
            Matcher changedAt = CHANGED_AT.matcher(text);
            if (changedAt.find()) {
                agesMillis.add(System.currentTimeMillis()
                        - Instant.parse(changedAt.group(1)).toEpochMilli());
            }
            onUpdate.accept(text);
        }
    }

    @Override
    public synchronized void onError(Throwable failure) {
        ended = true;
        body.complete(null);
    }

    @Override
    public synchronized void onComplete() {
        ended = true;
        body.complete(null);
    }

    @Override
    public CompletableFuture<Void> getBody() {
        return body;
    }
}
