package org.offerstorm.ingest.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.secret.Secrets;

/**
 * The second topic of a stream, which holds the answers to idempotency keys: one partition, compacted, and a day long. One
 * thread.
 */
final class AnswersTopic {
    private static final String SUFFIX = ".ingest-keys";
    /** Twice what is kept in memory; a start reads it within seconds. */
    private static final int MOST_BYTES = 64 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration WHOLE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    private final SourceConfig source;
    private final String name;
    private final TopicPartition partition;
    /** What was read; below 0 if nothing was. */
    private long next = -1;

    private boolean exists;

    AnswersTopic(SourceConfig source) {
        this.source = source;
        this.name = nameOf(source.topic());
        this.partition = new TopicPartition(name, 0);
    }

    /** The name of the one that belongs to a topic of offers. */
    static String nameOf(String topic) {
        return topic + SUFFIX;
    }

    String name() {
        return name;
    }

    /**
     * Reads what was committed since the last call.
     *
     * @throws KafkaException if Kafka does not answer in time, or refuses
     */
    void readInto(KeptAnswers answers) {
        if (!exists) {
            create();
            exists = true;
        }
        Map<String, Object> settings = properties(ConsumerConfig.configNames());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            consumer.seek(partition, next >= 0 ? next : begin(consumer, end));
            long deadline = System.nanoTime() + WHOLE.toNanos();
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    KeptAnswer answer = KeptAnswer.read(record.value(), record.timestamp());
                    if (record.key() != null && answer != null) {
                        answers.put(record.key(), answer);
                    }
                }
                next = consumer.position(partition);
                if (System.nanoTime() > deadline) { // Kafka answers, so this is no outage; the next attempt reads on
                    throw new KafkaException(
                            "topic " + name + " could not be read to its end within " + WHOLE.toSeconds() + " s");
                }
            }
            next = consumer.position(partition);
        }
    }

    private long begin(KafkaConsumer<String, byte[]> consumer, long end) {
        long since = Instant.now().minus(KeptAnswers.AGE).toEpochMilli();
        OffsetAndTimestamp first =
                consumer.offsetsForTimes(Map.of(partition, since)).get(partition);
        return first == null ? end : first.offset();
    }

    private void create() {
        try (Admin admin = Admin.create(properties(AdminClientConfig.configNames()))) {
            try {
                await(name, admin.describeTopics(List.of(name)).allTopicNames());
                return;
            } catch (UnknownTopicOrPartitionException e) {
                // The usual first start.
            }
            ConfigResource offers = new ConfigResource(ConfigResource.Type.TOPIC, source.topic());
            int copies = await(
                            source.topic(),
                            admin.describeTopics(List.of(source.topic())).allTopicNames())
                    .get(source.topic())
                    .partitions()
                    .get(0)
                    .replicas()
                    .size();
            Map<String, String> settings = new HashMap<>(Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG, "compact,delete",
                    TopicConfig.RETENTION_MS_CONFIG, Long.toString(KeptAnswers.AGE.toMillis()),
                    TopicConfig.RETENTION_BYTES_CONFIG, Integer.toString(MOST_BYTES),
                    TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(MOST_BYTES / 4),
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(WriterSettings.MAX_REQUEST),
                    TopicConfig.SEGMENT_MS_CONFIG,
                            Long.toString(Duration.ofHours(1).toMillis())));
            inSync(admin, offers).ifPresent(least -> settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, least));
            try {
                await(
                        name,
                        admin.createTopics(List.of(new NewTopic(name, 1, (short) copies).configs(settings)))
                                .all());
            } catch (TopicExistsException e) {
                // Another process made it meanwhile.
            }
        }
    }

    /** {@code min.insync.replicas} of the offers; empty if the user may not ask: then the brokers' default holds. */
    private static Optional<String> inSync(Admin admin, ConfigResource offers) {
        try {
            return Optional.ofNullable(await(
                                    offers.name(),
                                    admin.describeConfigs(List.of(offers)).all())
                            .get(offers)
                            .get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG))
                    .map(ConfigEntry::value);
        } catch (AuthorizationException e) {
            return Optional.empty();
        }
    }

    private Map<String, Object> properties(Set<String> known) {
        Map<String, Object> settings = new HashMap<>(Secrets.resolve(source.properties()));
        settings.keySet().retainAll(known);
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, source.bootstrapServers());
        return settings;
    }

    /** @param topic that is asked about: Kafka does not always name it when it refuses */
    private static <T> T await(String topic, KafkaFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicAuthorizationException refused) {
                throw new TopicAuthorizationException(refused.getMessage(), Set.of(topic));
            }
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }
}
