package org.offerstorm.ingest.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.secret.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Kafka has the topic, asked once a second by a separate thread: while it is away requests are refused at once
 * instead of each waiting for a time-out. Any thread may ask.
 */
public final class KafkaLink implements AutoCloseable {
    /** Kafka's own default, for a user who may not read the topic's settings. */
    private static final int USUAL_LIMIT = 1_048_588;

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int PATIENCE_MILLIS = 3_000;
    private static final Logger log = LoggerFactory.getLogger(KafkaLink.class);

    private final String topic;
    private final String servers;
    private final Admin admin;
    private final Thread thread = new Thread(this::watch, "ingest-kafka-link");
    /** Kinds that were logged; the thread's. */
    private final Set<Class<?>> failures = new HashSet<>();

    private volatile State state = new State(false, "Kafka was not asked yet", USUAL_LIMIT);

    /**
     * What is known.
     *
     * @param problem for people, without an address; null if it is up
     * @param largestRecord {@code max.message.bytes} of the topic, or less if the writers send no more
     */
    public record State(boolean up, String problem, int largestRecord) {}

    private KafkaLink(SourceConfig source, Admin admin) {
        this.topic = source.topic();
        this.servers = source.bootstrapServers();
        this.admin = admin;
        thread.setDaemon(true);
    }

    /** What an admin client is made of. */
    static Map<String, Object> settings(SourceConfig source) {
        Map<String, Object> settings = new HashMap<>(Secrets.resolve(source.properties()));
        settings.keySet().retainAll(AdminClientConfig.configNames());
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, source.bootstrapServers());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return settings;
    }

    /**
     * Begins to ask.
     *
     * @throws KafkaException if no client can be made of the configuration
     * @throws Secrets.Unresolved if a property names a secret that is not there
     */
    public static KafkaLink start(SourceConfig source) {
        return start(source, Admin.create(settings(source)));
    }

    /** The same with another client, which it closes. */
    static KafkaLink start(SourceConfig source, Admin admin) {
        KafkaLink link = new KafkaLink(source, admin);
        link.thread.start();
        return link;
    }

    /** What the last answer said. */
    public State state() {
        return state;
    }

    /** A write failed: requests are refused until Kafka answers the next question. */
    void failed(String why) {
        State known = state;
        if (known.up()) {
            state = new State(false, why, known.largestRecord());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        admin.close(Duration.ZERO);
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                State before = state;
                State now = ask();
                state = now;
                if (now.up() != before.up()) {
                    if (now.up()) {
                        log.info("Kafka at {} has topic {}", servers, topic);
                    } else {
                        log.warn("Kafka at {}: {}", servers, now.problem());
                    }
                }
                Thread.sleep(PERIOD.toMillis());
            }
        } catch (InterruptedException e) {
            log.debug("The link to Kafka ends");
        }
    }

    private State ask() throws InterruptedException {
        int limit = state.largestRecord();
        try {
            await(admin.describeTopics(List.of(topic)).allTopicNames());
            return new State(true, null, limit());
        } catch (ExecutionException e) {
            return new State(false, problem(e.getCause()), limit);
        } catch (TimeoutException | KafkaException e) {
            return new State(false, "Kafka does not answer", limit);
        } catch (RuntimeException e) { // the next question may go better, and without the thread there is none
            if (failures.add(e.getClass())) {
                log.error("Kafka at {} cannot be asked", servers, e);
            }
            return new State(false, "Kafka cannot be asked; the server's log has more", limit);
        }
    }

    private String problem(Throwable failure) {
        if (failure instanceof UnknownTopicOrPartitionException) {
            return "topic " + topic + " does not exist; create it ('offerstorm setup' does)";
        }
        String refusal = WriteFailures.refusal(failure, topic);
        return refusal == null ? "Kafka does not answer" : refusal;
    }

    private int limit() throws InterruptedException, TimeoutException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            ConfigEntry entry = await(admin.describeConfigs(List.of(resource)).all())
                    .get(resource)
                    .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
            int limit = entry == null ? USUAL_LIMIT : Integer.parseInt(entry.value());
            return Math.min(limit, WriterSettings.MAX_REQUEST);
        } catch (ExecutionException e) {
            log.debug("The topic's settings cannot be read", e);
            return USUAL_LIMIT;
        }
    }

    private static <T> T await(KafkaFuture<T> answer)
            throws ExecutionException, InterruptedException, TimeoutException {
        return answer.get(2L * PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
