package org.offerstorm.sinks.deadletter;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.offerstorm.core.config.DeadLetterConfig;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.DeadLetters;
import org.offerstorm.core.sink.Delivery;
import org.offerstorm.core.sink.WriteResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dead letters in a Kafka topic, written by an idempotent producer with {@code acks=all}. After any failure the producer
 * is dropped and the next write makes a new one, so that no state of a client outlives an outage. A letter may be written
 * twice; its key is the same.
 */
public final class KafkaDeadLetters implements DeadLetters {
    /** Headers may add this much to the largest record of the source; the topic's max.message.bytes must allow it. */
    public static final int HEADROOM_BYTES = 64 << 10;

    /** Properties that the guarantees rest on, here or in {@link DeadLetterReader}: they may not be set by others. */
    public static final Set<String> FIXED_PROPERTIES = Set.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG);

    private static final Logger LOG = LoggerFactory.getLogger(KafkaDeadLetters.class);
    private static final long DEADLINE_NANOS = Duration.ofMillis(4_900).toNanos();
    /** The topic's own limit decides; the producer's only guards the memory. */
    private static final int MAX_REQUEST_BYTES = 16 << 20;

    /** The letters of several chunks are one request. */
    private static final int LINGER_MILLIS = 2;

    private static final Map<String, Object> DEFAULTS = Map.of(
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            MAX_REQUEST_BYTES,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            3_000,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            3_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            4_500,
            ProducerConfig.LINGER_MS_CONFIG,
            LINGER_MILLIS,
            ProducerConfig.ENABLE_METRICS_PUSH_CONFIG,
            false);

    private static final Map<String, Object> FIXED =
            Map.of(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true, ProducerConfig.ACKS_CONFIG, "all");

    private final String bootstrapServers;
    private final DeadLetterConfig config;
    private final InstantSource clock;
    private Producer<byte[], byte[]> producer;

    /** Does not connect, and resolves no secret yet. */
    public KafkaDeadLetters(String bootstrapServers, DeadLetterConfig config, InstantSource clock) {
        this.bootstrapServers = bootstrapServers;
        this.config = config;
        this.clock = clock;
    }

    /** Travels in the serialized topology. */
    public static DeadLetters.Factory factory(String bootstrapServers, DeadLetterConfig config) {
        return () -> new KafkaDeadLetters(bootstrapServers, config, InstantSource.system());
    }

    @Override
    public WriteResult write(List<DeadLetter> letters) {
        return send(letters).result();
    }

    @Override
    public Delivery send(List<DeadLetter> letters) {
        long now = clock.millis();
        return sendAll(letters.stream()
                .map(letter -> LetterFormat.write(config.topic(), letter, now))
                .toList());
    }

    /** As {@link #write}: marks letters that an operator settled; then compaction may take the letters themselves. */
    public WriteResult settle(List<SettledLetter> letters) {
        WriteResult marked = sendAll(letters.stream()
                        .map(letter -> LetterFormat.write(config.topic(), letter))
                        .toList())
                .result();
        return marked instanceof WriteResult.Retryable
                ? marked
                : sendAll(letters.stream()
                                .map(letter -> LetterFormat.tombstone(config.topic(), letter))
                                .toList())
                        .result();
    }

    private Delivery sendAll(List<ProducerRecord<byte[], byte[]>> records) {
        if (records.isEmpty()) {
            return new Sent(producer, List.of(), System.nanoTime()); // known, and needs no producer
        }
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        try {
            if (producer == null) {
                producer = open();
            }
            List<Future<?>> sent = new ArrayList<>(records.size());
            for (ProducerRecord<byte[], byte[]> letter : records) {
                Future<?> future = producer.send(letter);
                if (future.isDone()) {
                    future.get(); // no metadata, or too large: the next letters would only wait in turn
                }
                sent.add(future);
            }
            return new Sent(producer, sent, deadline);
        } catch (ExecutionException e) {
            return Delivery.known(failed(e.getCause()));
        } catch (KafkaException | IllegalArgumentException e) {
            return Delivery.known(failed(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Delivery.known(failed(e));
        }
    }

    /** All letters count, not only the last: they may go to several partitions. */
    private final class Sent implements Delivery {
        private final Producer<byte[], byte[]> by;
        private final List<Future<?>> futures;
        private final long deadline;
        /** So many of {@link #futures} are durable. */
        private int durable;

        private WriteResult result;

        Sent(Producer<byte[], byte[]> by, List<Future<?>> futures, long deadline) {
            this.by = by;
            this.futures = futures;
            this.deadline = deadline;
        }

        @Override
        public boolean isKnown() {
            while (result == null
                    && durable < futures.size()
                    && futures.get(durable).isDone()) {
                confirmNext();
            }
            return result != null || durable == futures.size();
        }

        @Override
        public WriteResult result() {
            while (result == null && durable < futures.size()) {
                confirmNext();
            }
            if (result == null) {
                result = new WriteResult.Done(futures.size(), 0);
            }
            return result;
        }

        private void confirmNext() {
            try {
                futures.get(durable).get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                durable++;
            } catch (ExecutionException e) {
                result = failed(e.getCause());
            } catch (TimeoutException e) {
                result = failed(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                result = failed(e);
            }
        }

        private WriteResult failed(Throwable cause) {
            // A later delivery may have made a new producer already.
            return by == producer ? KafkaDeadLetters.this.failed(cause) : problem(cause);
        }
    }

    @Override
    public void close() {
        drop(Duration.ofSeconds(1));
    }

    private WriteResult failed(Throwable cause) {
        drop(Duration.ZERO);
        return problem(cause);
    }

    private WriteResult problem(Throwable cause) {
        String advice;
        if (cause instanceof RecordTooLargeException) {
            advice = "raise max.message.bytes of the topic to " + HEADROOM_BYTES + " above that of the offers' topic";
        } else if (cause instanceof UnknownTopicOrPartitionException) {
            advice = "create the topic (setup does)";
        } else {
            advice = "see whether Kafka is up and the topic exists and may be written";
        }
        String said = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new WriteResult.Retryable(
                "dead-letter topic " + config.topic() + " at " + bootstrapServers + " took no letters ("
                        + said.replace('\n', ' ') + "); " + advice,
                cause);
    }

    private Producer<byte[], byte[]> open() {
        Map<String, Object> properties = new HashMap<>(DEFAULTS);
        properties.putAll(Secrets.resolve(config.properties()));
        properties.putAll(FIXED);
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void drop(Duration timeout) {
        Producer<byte[], byte[]> dropped = producer;
        producer = null;
        if (dropped != null) {
            try {
                dropped.close(timeout);
            } catch (KafkaException e) {
                LOG.debug("closing the producer failed", e);
            }
        }
    }
}
