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
import org.offerstorm.core.secret.Secrets;

/** An admin client whose calls end within some seconds, with words for people. */
final class KafkaAdmin implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 5_000;

    private final String bootstrapServers;
    private final Admin admin;

    /**
     * @param properties those of a Kafka client; secrets are resolved here
     * @throws IOException if the address or a property is wrong
     */
    KafkaAdmin(String bootstrapServers, Map<String, String> properties) throws IOException {
        this.bootstrapServers = bootstrapServers;
        try {
            Map<String, Object> settings = new HashMap<>(Secrets.resolve(properties));
            settings.keySet().retainAll(AdminClientConfig.configNames());
            settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
            settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
            settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
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
        try {
            return answer.get(TIMEOUT_MILLIS + 1_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw unreachable(e.getCause());
            }
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.interrupted("interrupted while waiting for Kafka at " + bootstrapServers, e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private IOException unreachable(Throwable cause) {
        return new IOException(
                "Kafka at " + bootstrapServers + " did not answer within " + TIMEOUT_MILLIS / 1_000
                        + " s; start it, or correct source.bootstrap-servers",
                cause);
    }
}
