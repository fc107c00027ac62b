package org.offerstorm.sinks.changes;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.sink.SetupStep;
import org.offerstorm.core.text.Messages;

/** Makes the topic with one partition, from which nothing ever expires. Used by {@code setup}, on one thread. */
final class ChangesSetup implements SetupStep {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Map<String, String> SETTINGS =
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, "delete", TopicConfig.RETENTION_MS_CONFIG, "-1");

    private final ChangesConfig config;
    private final String servers;

    /** Does not connect. */
    ChangesSetup(ChangesConfig config, String servers) {
        this.config = config;
        this.servers = servers;
    }

    @Override
    public String name() {
        return "changes topic";
    }

    @Override
    public String where() {
        return servers;
    }

    @Override
    public String detail() {
        return config.topic();
    }

    @Override
    public boolean make() throws IOException {
        // The broker's default.replication.factor decides how often the data is kept.
        NewTopic topic = new NewTopic(config.topic(), Optional.of(1), Optional.empty()).configs(SETTINGS);
        try (Admin admin = Admin.create(properties(config, servers))) {
            admin.createTopics(List.of(topic)).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            awaitLeader(admin);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            if (e.getCause() instanceof AuthorizationException) {
                throw new NotMade(
                        "this user may not create topic " + config.topic() + ": " + Messages.of(e.getCause()),
                        "kafka-topics.sh --bootstrap-server " + servers + " --create --topic " + config.topic()
                                + " --partitions 1 --config cleanup.policy=delete --config retention.ms=-1",
                        e);
            }
            throw failed(e.getCause());
        } catch (TimeoutException | KafkaException | Secrets.Unresolved e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
    }

    /** The broker hears of a new topic a little later than who made it; until then a client would find none. */
    private void awaitLeader(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> end = Map.of(new TopicPartition(config.topic(), 0), OffsetSpec.latest());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                admin.listOffsets(end).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > deadline) {
                    throw e;
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private IOException failed(Throwable cause) {
        return new IOException(
                "cannot create topic " + config.topic() + " at " + servers + ": " + Messages.of(cause)
                        + "; see whether Kafka is up, and changes.bootstrap-servers and changes.properties",
                cause);
    }

    /** Those of an admin client; secrets are resolved. */
    static Map<String, Object> properties(ChangesConfig config, String servers) {
        Map<String, Object> properties = new HashMap<>(Secrets.resolve(config.properties()));
        properties.keySet().retainAll(AdminClientConfig.configNames());
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int)
                PATIENCE.dividedBy(2).toMillis());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        properties.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return properties;
    }
}
