package org.offerstorm.tools.setup;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.check.Listening;
import org.offerstorm.core.secret.Secrets;

/**
 * An admin client with words for people. Calls to a server that does not listen end within some seconds; one that listens
 * gets longer, because on a busy machine it is only slow.
 */
final class KafkaAdmin implements AutoCloseable {
    /** For a server that listens, unless the user says otherwise. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final String bootstrapServers;
    private final Duration patience;
    private final Admin admin;

    /**
     * With the usual patience.
     *
     * @param properties those of a Kafka client; secrets are resolved here
     * @throws IOException if the address or a property is wrong
     */
    KafkaAdmin(String bootstrapServers, Map<String, String> properties) throws IOException {
        this(bootstrapServers, properties, PATIENCE);
    }

    /**
     * @param properties those of a Kafka client; secrets are resolved here
     * @param patience of each call while a server listens
     * @throws IOException if the address or a property is wrong
     */
    KafkaAdmin(String bootstrapServers, Map<String, String> properties, Duration patience) throws IOException {
        this.bootstrapServers = bootstrapServers;
        this.patience = patience.compareTo(SILENCE) < 0 ? SILENCE : patience;
        int millis = (int) Math.min(this.patience.toMillis(), Integer.MAX_VALUE);
        try {
            Map<String, Object> settings = new HashMap<>(Secrets.resolve(properties));
            settings.keySet().retainAll(AdminClientConfig.configNames());
            settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
            // Half, to ask another broker if the first one hangs.
            settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max((int) SILENCE.toMillis(), millis / 2));
            settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
            settings.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
            admin = Admin.create(settings);
        } catch (KafkaException | IllegalArgumentException e) {
            String cause = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new IOException(
                    "cannot make a Kafka client for " + bootstrapServers + ": " + cause
                            + "; correct source.bootstrap-servers or source.properties",
                    e);
        }
    }

    Admin client() {
        return admin;
    }

    /**
     * The answer.
     *
     * @throws KafkaException what the broker refused
     * @throws IOException if it did not answer in time
     */
    <T> T get(KafkaFuture<T> answer) throws IOException {
        long begin = System.nanoTime();
        try {
            while (true) {
                try {
                    return answer.get(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    boolean listens = listens();
                    if (!listens || System.nanoTime() - begin > patience.toNanos()) {
                        throw unreachable(listens, e);
                    }
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw unreachable(listens(), e.getCause());
            }
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.interrupted("interrupted while waiting for Kafka at " + bootstrapServers, e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private IOException unreachable(boolean listens, Throwable cause) {
        return listens
                ? new Slow(
                        "Kafka at " + bootstrapServers + " listens, but did not answer within " + patience.toSeconds()
                                + " s: it hangs, or this machine or its own is too busy. See its log, or wait longer"
                                + " (--wait of setup, doctor and verify)",
                        cause)
                : new IOException(
                        "Kafka at " + bootstrapServers + " did not answer within " + SILENCE.toSeconds()
                                + " s; start it, or correct source.bootstrap-servers",
                        cause);
    }

    /** It is there, and does not answer. */
    static final class Slow extends IOException {
        private static final long serialVersionUID = 1L;

        private Slow(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private boolean listens() {
        return Listening.any(bootstrapServers);
    }
}
