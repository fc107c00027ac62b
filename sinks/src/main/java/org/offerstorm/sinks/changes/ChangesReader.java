package org.offerstorm.sinks.changes;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.text.Messages;
import org.offerstorm.sinks.kafka.ReaderProperties;

/**
 * Reads the topic of changes as its consumers do: the committed records that are there now, from the beginning. For
 * commands and tests; it connects for each call. One thread.
 */
public final class ChangesReader {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Of a Kafka that has answered once; on a busy machine it takes long. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final ChangesConfig config;
    private final String servers;

    /** @param servers brokers of the topic, {@code host:port,…} */
    public ChangesReader(ChangesConfig config, String servers) {
        this.config = config;
        this.servers = servers;
    }

    /** Where it reads, for messages: topic and brokers. */
    public String place() {
        return "topic " + config.topic() + " at " + servers;
    }

    /**
     * Hands over each committed record, in order.
     *
     * @throws IOException if the topic cannot be read within some seconds, or has more than one partition
     */
    public void forEach(Consumer<ConsumerRecord<byte[], byte[]>> records) throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(consumerProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            int partitions = consumer.partitionsFor(config.topic(), CONNECT).size();
            if (partitions != 1) {
                throw new IOException(place()
                        + (partitions == 0
                                ? " does not exist; create it (setup does)"
                                : " has " + partitions + " partitions and no order; it must have one: name"
                                        + " another in changes.topic, and let setup create it"));
            }
            TopicPartition only = new TopicPartition(config.topic(), 0);
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            long end = consumer.endOffsets(List.of(only)).get(only);
            long heard = System.nanoTime();
            while (consumer.position(only) < end) {
                var polled = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : polled) {
                    if (record.offset() < end) {
                        records.accept(record);
                    }
                }
                if (!polled.isEmpty()) {
                    heard = System.nanoTime();
                } else if (System.nanoTime() - heard > SILENCE.toNanos()) {
                    throw new IOException(
                            place() + " sent nothing for " + SILENCE.toSeconds() + " s; see whether Kafka is up");
                }
            }
        } catch (KafkaException | IllegalArgumentException e) {
            throw failed(e);
        }
    }

    /**
     * How far the topic follows Redis, by its last transaction; empty if it has no record.
     *
     * @throws IOException if the topic cannot be read within some seconds, or its last records are not changes
     */
    public Optional<ChangePosition> position() throws IOException {
        try (CommittedChanges topic = new CommittedChanges(config, servers)) {
            return topic.last(System.nanoTime() + SILENCE.toNanos()).position();
        } catch (ChangesHeld e) {
            throw new IOException(e.getMessage(), e);
        } catch (KafkaException | IllegalArgumentException e) {
            throw failed(e);
        }
    }

    /**
     * Whether Kafka may drop records that have a newer one of the same key.
     *
     * @throws IOException if Kafka does not describe the topic within some seconds
     */
    public boolean isCompacted() throws IOException {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, config.topic());
        try (Admin admin = Admin.create(adminProperties())) {
            return admin.describeConfigs(List.of(topic))
                    .values()
                    .get(topic)
                    .get(SILENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                    .value()
                    .contains(TopicConfig.CLEANUP_POLICY_COMPACT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (java.util.concurrent.TimeoutException | KafkaException | IllegalArgumentException e) {
            throw failed(e);
        }
    }

    private IOException failed(Throwable cause) {
        return new IOException(
                place() + " cannot be read: " + Messages.of(cause)
                        + "; see whether Kafka is up, changes.bootstrap-servers and changes.properties",
                cause);
    }

    private Map<String, Object> consumerProperties() {
        return ReaderProperties.of(config.properties(), servers, "read_committed", SILENCE);
    }

    private Map<String, Object> adminProperties() {
        Map<String, Object> properties = new HashMap<>(Secrets.resolve(config.properties()));
        properties.keySet().retainAll(AdminClientConfig.configNames());
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) SILENCE.toMillis());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) SILENCE.toMillis() / 2);
        properties.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return properties;
    }
}
