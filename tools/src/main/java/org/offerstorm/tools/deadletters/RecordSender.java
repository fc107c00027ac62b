package org.offerstorm.tools.deadletters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.sinks.deadletter.LetterEntry;

/**
 * Puts records back into the topic of offers, each with a header that names the letter it comes from, and in transactions:
 * what comes between the records and their commit can be looked at. There is one writer for each group; the newest ends
 * the others. One thread.
 */
final class RecordSender implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;
    /** The client's own time-out does not run while no broker gives it a producer id. */
    private static final Duration CONFIRM_TIMEOUT = Duration.ofMillis(TIMEOUT_MILLIS + 3_000);

    private static final int MAX_REQUEST_BYTES = 16 << 20; // the topic's own limit decides
    /** Of the consumer's properties, those that a producer has under the same name with another meaning. */
    private static final Set<String> CONSUMERS = Set.of(
            ProducerConfig.CLIENT_ID_CONFIG,
            ProducerConfig.INTERCEPTOR_CLASSES_CONFIG,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);

    private final SourceConfig source;
    private final String transactionalId;
    private final Duration confirmTimeout;
    private boolean opened;
    private boolean inTransaction;
    /** Of {@link System#nanoTime()}: until when the records handed over are waited for, all together. */
    private long deadline;

    private final KafkaProducer<byte[], byte[]> producer;

    /** @throws IOException if the address or a property is wrong */
    RecordSender(SourceConfig source) throws IOException {
        this(source, CONFIRM_TIMEOUT);
    }

    RecordSender(SourceConfig source, Duration confirmTimeout) throws IOException {
        this.source = source;
        this.transactionalId = "offerstorm.replay." + source.group();
        this.confirmTimeout = confirmTimeout;
        this.deadline = System.nanoTime() + confirmTimeout.toNanos();
        Map<String, Object> properties = new HashMap<>(Secrets.resolve(source.properties()));
        properties.keySet().retainAll(ProducerConfig.configNames());
        properties.keySet().removeAll(CONSUMERS);
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, source.bootstrapServers());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TIMEOUT_MILLIS);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MILLIS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 3);
        properties.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        try {
            producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException | IllegalArgumentException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    /**
     * Begins a transaction: nobody reads its records as committed ones before its {@link #commit()}.
     *
     * @throws IOException if Kafka does not allow it
     */
    void begin() throws IOException {
        try {
            if (!opened) {
                producer.initTransactions();
                opened = true;
            }
            producer.beginTransaction();
            inTransaction = true;
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    /**
     * The records of the transaction are in the topic for good.
     *
     * @throws IOException if that cannot be said
     */
    void commit() throws IOException {
        try {
            producer.commitTransaction();
            inTransaction = false;
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    /**
     * The records of the transaction are in nobody's way.
     *
     * @throws IOException if Kafka does not answer; then they are dropped later
     */
    void abort() throws IOException {
        try {
            producer.abortTransaction();
            inTransaction = false;
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    /**
     * Hands a record over, within a transaction; {@link #confirm} reports what became of it.
     *
     * @param partition null: by the key
     */
    Future<RecordMetadata> send(LetterEntry letter, Integer partition, byte[] key, byte[] value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(source.topic(), partition, key, value);
        record.headers().add(Replay.HEADER, letter.letterKey().getBytes(StandardCharsets.UTF_8));
        deadline = System.nanoTime() + confirmTimeout.toNanos();
        try {
            return producer.send(record);
        } catch (KafkaException e) { // another record of the transaction has failed
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Waits until all replicas have it, up to 33 s after the last record was handed over.
     *
     * @throws IOException if that cannot be said, which says nothing of the record without a {@link #commit()}
     */
    RecordMetadata confirm(Future<RecordMetadata> sent) throws IOException {
        try {
            return sent.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (TimeoutException e) {
            throw failure(new TimeoutException("no answer for " + confirmTimeout.toMillis() + " ms"));
        } catch (KafkaException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.interrupted("interrupted; whether Kafka has the last records is not known", e);
        }
    }

    /** Whether a record of the topic was put there from this letter. */
    static boolean isReplayOf(LetterEntry letter, Iterable<Header> headers) {
        byte[] key = letter.letterKey().getBytes(StandardCharsets.UTF_8);
        for (Header header : headers) {
            if (header.key().equals(Replay.HEADER) && Arrays.equals(key, header.value())) {
                return true;
            }
        }
        return false;
    }

    /** Without it, readers of committed records would wait for the broker to end an open transaction. */
    @Override
    public void close() {
        try {
            if (inTransaction) {
                producer.abortTransaction();
            }
        } catch (KafkaException e) { // the broker ends it
        } finally {
            producer.close(Duration.ofSeconds(5));
        }
    }

    private IOException failure(Throwable e) {
        if (e instanceof TransactionalIdAuthorizationException) {
            return new IOException(
                    "Kafka at " + source.bootstrapServers() + " does not allow this user to write the transactional id "
                            + transactionalId + ", which replaying needs; allow it to describe and write it",
                    e);
        }
        if (e instanceof ProducerFencedException || e instanceof InvalidProducerEpochException) {
            return new IOException(
                    "another dlq replay of group " + source.group() + " has begun, which ends this one", e);
        }
        return new IOException(
                "topic " + source.topic() + " at " + source.bootstrapServers() + " did not take the record: "
                        + e.getMessage() + "; see whether Kafka is up and the topic may be written",
                e);
    }
}
