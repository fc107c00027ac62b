package org.offerstorm.dashboard.trigger;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.offerstorm.core.check.TlsAdvice;
import org.offerstorm.core.secret.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events by POST, one after the other, in their order. One that is not taken is tried again, later and later; while
 * that lasts the others wait, up to a limit, beyond which the oldest is given up. A receiver may see an event twice, and
 * knows it by its id.
 */
public final class Webhook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);

    static final int WAITING = 100;
    /** The last one comes some four minutes after the first, with the usual pause. */
    static final int ATTEMPTS = 9;

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY = 429;
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    private final String address;
    private final Duration pause;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(DEADLINE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final BlockingQueue<TriggerEvent> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread = new Thread(this::work, "webhook");

    private Webhook(String address, Duration pause) {
        this.address = address;
        this.pause = pause;
        thread.setDaemon(true);
    }

    /** Starts its thread. {@code address} may name secrets, which are resolved with each request. */
    public static Webhook start(String address) {
        return start(address, Duration.ofSeconds(1));
    }

    /** @param pause after the first failure; twice as long after each further one */
    static Webhook start(String address, Duration pause) {
        Webhook webhook = new Webhook(address, pause);
        webhook.thread.start();
        return webhook;
    }

    /** Puts an event in the queue; never waits. Called by one thread. */
    public void send(TriggerEvent event) {
        while (!waiting.offer(event)) {
            TriggerEvent lost = waiting.poll();
            if (lost != null) {
                LOG.error("The webhook is too slow: {} was never sent", lost);
            }
        }
    }

    /** What waits is given up. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(DEADLINE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            while (true) {
                deliver(waiting.take());
            }
        } catch (InterruptedException e) {
            LOG.debug("The webhook ends, {} events waiting", waiting.size());
        }
    }

    private void deliver(TriggerEvent event) throws InterruptedException {
        Duration wait = pause;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            String problem = post(event);
            if (problem == null) {
                return;
            }
            if (problem.startsWith("refused") || attempt == ATTEMPTS) {
                LOG.error("The webhook did not take {} ({}); given up after {} attempts", event, problem, attempt);
                return;
            }
            LOG.warn("The webhook did not take {} ({}); again in {} ms", event.id(), problem, wait.toMillis());
            Thread.sleep(wait.toMillis());
            wait = wait.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait.multipliedBy(2);
        }
    }

    /** What went wrong, null if nothing did; never the address, which may hold a secret. */
    String post(TriggerEvent event) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(Secrets.resolve(address)))
                    .timeout(DEADLINE)
                    .header("Content-Type", "application/json")
                    .header("User-Agent", "offerstorm")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(EventJson.of(event)))
                    .build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status < 300) {
                return null;
            }
            boolean refused =
                    status >= CLIENT_ERROR && status < SERVER_ERROR && status != REQUEST_TIMEOUT && status != TOO_MANY;
            return (refused ? "refused with status " : "status ") + status;
        } catch (Secrets.Unresolved e) {
            return e.getMessage();
        } catch (IllegalArgumentException e) {
            return "its address, with the secrets in it, is not an http address";
        } catch (IOException e) {
            String problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            String advice = TlsAdvice.of(e, "triggers.webhook", "write http:// in place of https://");
            return advice == null ? problem : problem + "; " + advice;
        }
    }
}
