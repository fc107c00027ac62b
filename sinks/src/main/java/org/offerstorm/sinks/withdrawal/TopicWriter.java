package org.offerstorm.sinks.withdrawal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.secret.Secrets;

/**
 * Writes to a topic in short transactions, of which there is one writer for each transactional id: who opens another one
 * ends the first. One thread; after an exception only {@link #close()} is left, and the open transaction is dropped by the
 * broker, at once when the next writer opens.
 */
public final class TopicWriter implements AutoCloseable {
    /** Most records of one transaction. */
    public static final int BATCH = 1_000;

    private static final int MAX_REQUEST_BYTES = 16 << 20; // the topic's own limit decides
    private static final Duration CLOSE = Duration.ofSeconds(1);
    /** Of the consumer's properties, those that a producer has under the same name with another meaning. */
    private static final Set<String> CONSUMERS = Set.of(
            ProducerConfig.CLIENT_ID_CONFIG,
            ProducerConfig.INTERCEPTOR_CLASSES_CONFIG,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);

    private final String topic;
    private final List<Header> headers;
    private final Producer<byte[], byte[]> producer;

    /**
     * Opens a writer; from then on, no other one with this id can write.
     *
     * @param source its properties may be those of a consumer, of a producer or of both
     * @param header name and text of a header that each record gets
     * @param patience how long Kafka may take for an answer. Readers of committed records wait for an open transaction:
     *     twice as long at most, and 10 s until the broker looks
     * @throws KafkaException if Kafka does not answer, or refuses the id
     */
    public static TopicWriter open(
            SourceConfig source, String transactionalId, Map.Entry<String, String> header, Duration patience) {
        TopicWriter writer = new TopicWriter(
                source.topic(),
                new KafkaProducer<>(
                        properties(source, transactionalId, patience),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()),
                header);
        try {
            writer.producer.initTransactions();
            return writer;
        } catch (KafkaException e) {
            writer.producer.close(Duration.ZERO);
            throw e;
        }
    }

    TopicWriter(String topic, Producer<byte[], byte[]> producer, Map.Entry<String, String> header) {
        this.topic = topic;
        this.producer = producer;
        this.headers =
                List.of(new RecordHeader(header.getKey(), header.getValue().getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Writes these records in one transaction, or in several if some are too large.
     *
     * @param records at most {@value #BATCH}
     * @return indexes of those that the topic takes at no time, being too large; the others are written
     * @throws KafkaException if they may not have been written
     */
    public List<Integer> put(List<TopicRecord> records) {
        SortedSet<Integer> left = new TreeSet<>();
        for (int i = 0; i < records.size(); i++) {
            left.add(i);
        }
        List<Integer> tooLarge = new ArrayList<>();
        while (!left.isEmpty()) {
            List<Integer> refused = attempt(records, left);
            if (refused.isEmpty()) {
                break;
            }
            // The client fails those that wait to be sent with the exception of another one: only who is alone is
            // meant.
            Integer largest = Collections.max(
                    refused, Comparator.comparing(i -> records.get(i).bytes()));
            if (refused.size() == 1 || !attempt(records, List.of(largest)).isEmpty()) {
                tooLarge.add(largest);
            }
            left.remove(largest);
        }
        return tooLarge.stream().sorted().toList();
    }

    /**
     * Withdraws offers: those of which nobody else has written a record in the meantime.
     *
     * @param withdrawals at most {@value #BATCH}
     * @param tail reads from an offset up to which {@link Withdrawal#offset()} is known to be the newest
     * @return those that are withdrawn; the others were corrected
     * @throws KafkaException if they may not have been withdrawn
     */
    public List<Withdrawal> delete(List<Withdrawal> withdrawals, TopicTail tail, Corrections corrections) {
        // Most of it before the transaction: readers of committed records wait while it is open.
        tail.readTo(tail.ends(), corrections::saw);
        List<Withdrawal> left = withoutCorrected(withdrawals, corrections);
        while (!left.isEmpty()) {
            producer.beginTransaction();
            Map<Integer, Long> ends = new HashMap<>();
            Set<Position> own = new HashSet<>();
            boolean inOrder = true;
            List<Withdrawal> after = new ArrayList<>();
            List<RecordMetadata> sent = sendDeletions(left);
            for (int i = 0; i < sent.size(); i++) {
                RecordMetadata at = sent.get(i);
                own.add(new Position(at.partition(), at.offset()));
                ends.merge(at.partition(), at.offset() + 1, Math::max);
                // Records of the offer in another partition with higher offsets: no deletion here would take effect.
                if (at.offset() > left.get(i).offset()) {
                    after.add(left.get(i));
                } else {
                    inOrder = false;
                }
            }
            tail.readTo(ends, record -> {
                if (!own.contains(new Position(record.partition(), record.offset()))) {
                    corrections.saw(record);
                }
            });
            List<Withdrawal> clean = withoutCorrected(after, corrections);
            if (inOrder && clean.size() == left.size()) {
                producer.commitTransaction();
                return clean;
            }
            producer.abortTransaction();
            left = clean;
        }
        return List.of();
    }

    /** Whether another writer with the same id was opened. */
    public static boolean isFenced(KafkaException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    /** Waits a second at most for what is on its way. */
    @Override
    public void close() {
        producer.close(CLOSE);
    }

    private record Position(int partition, long offset) {}

    private static List<Withdrawal> withoutCorrected(List<Withdrawal> withdrawals, Corrections corrections) {
        return withdrawals.stream()
                .filter(withdrawal -> !corrections.isCorrected(withdrawal))
                .toList();
    }

    private List<RecordMetadata> sendDeletions(List<Withdrawal> withdrawals) {
        List<Future<RecordMetadata>> futures = new ArrayList<>(withdrawals.size());
        for (Withdrawal withdrawal : withdrawals) {
            futures.add(producer.send(
                    new ProducerRecord<>(topic, withdrawal.partition(), withdrawal.key(), null, headers)));
        }
        producer.flush();
        List<RecordMetadata> sent = new ArrayList<>(futures.size());
        for (Future<RecordMetadata> future : futures) {
            try {
                sent.add(future.get());
            } catch (ExecutionException e) {
                throw failure(e);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
        return sent;
    }

    /** One transaction with some; returns those that failed for being too large, or behind one, in which case it was aborted. */
    private List<Integer> attempt(List<TopicRecord> records, Collection<Integer> some) {
        Map<Integer, Future<RecordMetadata>> futures = new HashMap<>();
        KafkaException failure = null;
        producer.beginTransaction();
        for (int i : some) {
            TopicRecord record = records.get(i);
            try {
                futures.put(
                        i,
                        producer.send(new ProducerRecord<>(
                                topic, record.partition(), record.key(), record.value(), headers)));
            } catch (KafkaException e) {
                failure = e; // of a record before it, whose future says what it was
                break;
            }
        }
        producer.flush();
        List<Integer> tooLarge = new ArrayList<>();
        for (Map.Entry<Integer, Future<RecordMetadata>> future : futures.entrySet()) {
            try {
                future.getValue().get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RecordTooLargeException) {
                    tooLarge.add(future.getKey());
                } else if (failure == null) {
                    failure = failure(e);
                }
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
        if (!tooLarge.isEmpty()) {
            producer.abortTransaction();
        } else if (failure != null) {
            throw failure;
        } else {
            producer.commitTransaction();
        }
        return tooLarge;
    }

    private static KafkaException failure(ExecutionException e) {
        return e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    }

    private static Map<String, Object> properties(SourceConfig source, String transactionalId, Duration patience) {
        int millis = Math.toIntExact(patience.toMillis());
        Map<String, Object> properties = new HashMap<>(Secrets.resolve(source.properties()));
        properties.keySet().retainAll(ProducerConfig.configNames());
        properties.keySet().removeAll(CONSUMERS);
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, source.bootstrapServers());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 2 * millis);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / 2);
        properties.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return properties;
    }
}
