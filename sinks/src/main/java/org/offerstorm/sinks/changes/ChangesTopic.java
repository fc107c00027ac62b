package org.offerstorm.sinks.changes;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.offerstorm.core.secret.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the topic, in transactions of one transactional id: who opens a writer ends the transaction of the one before, and
 * from then on nothing of that one is committed. Used by one thread. After an exception the writer is {@link #drop dropped};
 * whether its transaction was committed is then read from the topic.
 */
final class ChangesTopic implements AutoCloseable {
    /** How the transactional id begins; the consumer group follows. */
    static final String TRANSACTIONS = "offerstorm-changes-";

    /** Most records of one transaction, but for those of one chunk. */
    static final int TRANSACTION = 20_000;

    /** How a transaction ended. */
    enum Outcome {
        COMMITTED,
        /** Not all was sent in time. */
        ABORTED,
        /** Its first record did not come to the offset at which the topic ended: what is known of the topic is wrong. */
        MOVED
    }

    /** Properties that the guarantees and the deadline rest on: they may not be set by others. */
    static final Set<String> FIXED_PROPERTIES = Set.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            ProducerConfig.CLIENT_ID_CONFIG,
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.RETRIES_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);

    private static final Logger LOG = LoggerFactory.getLogger(ChangesTopic.class);
    private static final List<Header> VERSION =
            List.of(header(ChangeRecord.VERSION_HEADER, ChangeRecord.VERSION.getBytes(StandardCharsets.UTF_8)));
    private static final int PARTITION = 0;
    private static final int CHECK_EVERY = 1_000;
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final ChangesConfig config;
    private final String servers;
    private final String group;
    private final Function<Map<String, Object>, Producer<byte[], byte[]>> producers;
    private Producer<byte[], byte[]> producer;
    private boolean isReady;

    /** Does not connect, and resolves no secret yet. */
    ChangesTopic(ChangesConfig config, String servers, String group) {
        this(
                config,
                servers,
                group,
                properties -> new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /** @param producers makes the client of some properties */
    ChangesTopic(
            ChangesConfig config,
            String servers,
            String group,
            Function<Map<String, Object>, Producer<byte[], byte[]>> producers) {
        this.config = config;
        this.servers = servers;
        this.group = group;
        this.producers = producers;
    }

    /** The id that fences every other publisher of the group. */
    static String transactionalId(String group) {
        return TRANSACTIONS + group;
    }

    /** How long one call of the client takes at most, if the topic does not answer. */
    static Duration patience(ChangesConfig config) {
        return config.timeout().multipliedBy(35).dividedBy(100);
    }

    boolean isReady() {
        return isReady;
    }

    /**
     * Makes the writer, and ends what another one has begun. A time-out leaves it as far as it came: the next call continues.
     *
     * @throws TimeoutException if Kafka does not answer in time
     * @throws KafkaException if it refuses; the writer is dropped
     */
    void open() {
        if (isReady) {
            return;
        }
        try {
            if (producer == null) {
                producer = producers.apply(properties());
            }
            producer.initTransactions();
            isReady = true;
        } catch (TimeoutException e) {
            throw e;
        } catch (RuntimeException e) {
            drop();
            throw e;
        }
    }

    /**
     * Commits the records, at least one, in one transaction; the last one has the position.
     *
     * <p>The first record must come to {@code begin}. If it does not, the topic was created again, or lost records, or others
     * write it; or a broker that was killed has not ended the transaction of the writer before, although it said so, and would
     * commit it together with this one. Then this one is aborted, and that one with it.
     *
     * @param begin the offset at which the topic ended when it was read
     * @param deadline {@link System#nanoTime} at which the commit must have begun
     * @throws KafkaException if it is not known to be committed; the writer is dropped
     */
    Outcome commit(List<ChangeRecord> records, ChangePosition position, long begin, long deadline) {
        try {
            producer.beginTransaction();
            Future<RecordMetadata> first = null;
            for (int i = 0; i < records.size(); i++) {
                boolean isLast = i == records.size() - 1;
                Future<RecordMetadata> sent = producer.send(record(records.get(i), isLast ? position : null));
                first = first == null ? sent : first;
                if (i % CHECK_EVERY == 0) {
                    if (sent.isDone()) {
                        sent.get(); // no metadata: the next records would only wait in turn
                    }
                    if (System.nanoTime() > deadline) {
                        producer.abortTransaction();
                        return Outcome.ABORTED;
                    }
                }
            }
            long offset;
            try {
                offset = first.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)
                        .offset();
            } catch (java.util.concurrent.TimeoutException e) {
                producer.abortTransaction();
                return Outcome.ABORTED;
            }
            if (offset != begin) {
                producer.abortTransaction();
                return Outcome.MOVED;
            }
            producer.commitTransaction();
            return Outcome.COMMITTED;
        } catch (ExecutionException e) {
            drop();
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            drop();
            throw new InterruptException(e);
        } catch (RuntimeException e) {
            drop();
            throw e;
        }
    }

    /** Forgets the writer. What it has begun is ended by the next one, or by the broker after the time-out. */
    void drop() {
        drop(Duration.ZERO);
    }

    @Override
    public void close() {
        drop(CLOSE);
    }

    private void drop(Duration timeout) {
        Producer<byte[], byte[]> dropped = producer;
        producer = null;
        isReady = false;
        if (dropped != null) {
            try {
                dropped.close(timeout);
            } catch (KafkaException e) {
                LOG.debug("closing the producer failed", e);
            }
        }
    }

    private ProducerRecord<byte[], byte[]> record(ChangeRecord change, ChangePosition position) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(config.topic(), PARTITION, change.key(), change.value(), VERSION);
        if (position != null) {
            record.headers().add(ChangeRecord.POSITION_HEADER, position.encode());
        }
        return record;
    }

    private static Header header(String name, byte[] value) {
        return new RecordHeader(name, value);
    }

    private Map<String, Object> properties() {
        int patience = Math.toIntExact(patience(config).toMillis());
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        properties.putAll(Secrets.resolve(config.properties()));
        properties.keySet().retainAll(ProducerConfig.configNames());
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId(group));
        // Readers of committed records wait for an open transaction of a publisher that died: no longer than needed.
        properties.put(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Math.toIntExact(2 * config.timeout().toMillis()));
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, patience);
        properties.put(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Math.toIntExact(config.timeout().toMillis()) + 1_000);
        properties.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return properties;
    }
}
